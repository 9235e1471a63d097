#include "loader/library_source.hpp"

namespace fs = std::filesystem;
using namespace seedbed;

namespace {

std::string constructor(const std::string& body) {
  return "#include <stdio.h>\n#include <stdlib.h>\n"
         "__attribute__((constructor)) static void at_load(void) { " +
         body + " }\n";
}

bool is_mapped(const fs::path& file) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);)
    if (line.find(fs::canonical(file).string()) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("a library whose static constructor ends the process costs itself alone") {
  const TemporaryFolder folder;
  std::string body, reason;
  SECTION("by abort, as an exception does that nobody catches") {
    body = "abort();";
    reason = "is killed by signal 6 (Aborted)";
  }
  SECTION("by a wild pointer") {
    body = "*(volatile int *)8 = 1;";
    reason = "is killed by signal 11 (Segmentation fault)";
  }
  SECTION("by exit") {
    body = "exit(0);";
    reason = "ends the process";
  }
  folder.compile("a", library_source("bad", right, constructor(body)));
  folder.compile("b", library_source("steady", right));
  const Registry registry({folder.path()});
  CHECK(registry.look_up(SEEDBED_OPTIMIZER, "steady") != nullptr);
  REQUIRE(registry.problems().size() == 1);
  CHECK_THAT(registry.problems()[0].reason,
             Catch::Contains("a.so: expected a library that loads, got a static constructor that " +
                             reason));
}

TEST_CASE("a static constructor that returns is allowed and a library without one is not tried") {
  const TemporaryFolder folder;
  const fs::path trace = folder / "trace";
  const auto write =
      "FILE *f = fopen(\"" + trace.string() + "\", \"a\"); fputs(\"x\", f); fclose(f);";
  folder.compile("a", library_source("busy", right, constructor(write)));
  CHECK(Registry({folder.path()}).plugins().size() == 1);
  CHECK(fs::file_size(trace) == 2);  // in the trial and in earnest
}

TEST_CASE("a library is loaded once and stays until the process ends") {
  const TemporaryFolder folder;
  const fs::path trace = folder / "unloaded";
  const std::string at_unload =
      "#include <stdio.h>\n__attribute__((destructor)) static void at_unload(void) { "
      "FILE* trace = fopen(\"" +
      trace.string() + "\", \"w\"); if (trace) fclose(trace); }\n";
  const fs::path file = folder.compile("a", library_source("steady", right, at_unload));
  CHECK(!is_mapped(file));
  const seedbed_descriptor* before = nullptr;
  {
    const Registry registry({folder.path()});
    before = registry.find(SEEDBED_OPTIMIZER, "steady").descriptor;
  }
  CHECK(is_mapped(file));
  CHECK(!fs::exists(trace));
  CHECK(Registry({folder.path()}).find(SEEDBED_OPTIMIZER, "steady").descriptor == before);
}

TEST_CASE("symbols of one library are not seen by another") {
  const TemporaryFolder folder;
  folder.compile("a", library_source("giver", right, "int given(void) { return 1; }"));
  folder.compile(
      "b", library_source("taker", right, "int given(void);\nint take(void) { return given(); }"));
  const Registry registry({folder.path()});
  CHECK(registry.plugins().size() == 1);
  CHECK_THAT(registry.problems().at(0).reason,
             Catch::Contains("b.so: expected a library that loads, got: ") &&
                 Catch::Contains("undefined symbol: given"));
}
