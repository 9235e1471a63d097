#include "loader/library_source.hpp"
#include "loader/sha256.hpp"

namespace fs = std::filesystem;
using namespace seedbed;

TEST_CASE("a good library gives its plugins, their capabilities and its hash") {
  const TemporaryFolder folder;
  const fs::path file = folder.compile("good", library_source("good", right));
  const Registry registry({folder.path() / "missing", folder.path()});
  const seedbed::Plugin& plugin = registry.find(SEEDBED_OPTIMIZER, "good");
  CHECK(plugin.title() == "optimizer 'good'");
  CHECK(plugin.library->sha256 == seedbed::sha256_of_file(file));
  CHECK(plugin.data_folder() == fs::canonical(folder.path()) / "good");
  CHECK(plugin.capability("some.thing/1") != nullptr);
  CHECK(plugin.capability("other.thing/1") == nullptr);
  CHECK(registry.problems().empty());
}

TEST_CASE("nothing of a library of another ABI runs, and the error says both ABIs") {
  const TemporaryFolder folder;
  const fs::path trace = folder.path() / "ran";
  const std::string constructor =
      "#include <stdio.h>\n__attribute__((constructor)) static void "
      "run(void) { fclose(fopen(\"" +
      trace.string() + "\", \"w\")); }";
  SECTION("another major") {
    folder.compile("other", library_source("other", "SEEDBED_MAGIC, 2, 0", constructor));
    CHECK_THAT(problem_of(folder),
               Catch::Contains("other.so: expected ABI 1.0") && Catch::Contains("got ABI 2.0"));
    CHECK(!fs::exists(trace));
  }
  SECTION("a newer minor") {
    folder.compile("newer",
                   library_source("newer", "SEEDBED_MAGIC, SEEDBED_ABI_MAJOR, 7", constructor));
    CHECK_THAT(problem_of(folder), Catch::Contains("got ABI 1.7"));
    CHECK(!fs::exists(trace));
  }
  SECTION("the same library of our ABI does run") {
    folder.compile("ours", library_source("ours", right, constructor));
    CHECK(Registry({folder.path()}).plugins().size() == 1);
    CHECK(fs::exists(trace));
  }
}

TEST_CASE("a file that is no plugin library is a problem of one line that names it") {
  const TemporaryFolder folder;
  std::string expected;
  SECTION("wrong magic") {
    folder.compile("bad", library_source("bad", "42, 1, 0"));
    expected = "wrong magic";
  }
  SECTION("not ELF") {
    folder.write("bad.so", "hello");
    expected = "not ELF";
  }
  SECTION("empty") {
    folder.write("bad.so", "");
    expected = "not ELF";
  }
  SECTION("no entry symbol") {
    folder.compile("bad", "int other;");
    expected = "without the symbol 'seedbed_plugin'";
  }
  SECTION("an entry that is no data") {
    folder.compile("bad", "char seedbed_plugin[1000];");
    expected = "not constant data";
  }
  SECTION("an unresolved symbol") {
    folder.compile("bad", library_source("bad", right,
                                         "extern int nowhere(void);\n"
                                         "int use(void) { return nowhere(); }"));
    expected = "undefined symbol: nowhere";
  }
  const std::string reason = problem_of(folder);
  CHECK_THAT(reason, Catch::Contains(expected) && Catch::Contains("bad.so: expected"));
  CHECK_THAT(reason, !Catch::Contains("\n") && !Catch::Contains("Bad file descriptor"));
}

TEST_CASE("an ELF file cut anywhere is a problem and never a crash") {
  const TemporaryFolder folder;
  const fs::path whole = folder.compile("whole", library_source("whole", right));
  std::ifstream stream(whole, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
  fs::remove(whole);
  for (std::size_t size = 1; size < bytes.size(); size += 97) {
    folder.write("cut.so", bytes.substr(0, size));
    CHECK_THAT(problem_of(folder), Catch::Contains("cut.so: expected a Seedbed plugin library"));
  }
}
