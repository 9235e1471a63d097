#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <seedbed/error.hpp>

#include "loader/registry.hpp"
#include "loader/sha256.hpp"

namespace fs = std::filesystem;
using seedbed::Error;
using seedbed::Registry;

namespace {

/// A temporary folder of libraries, compiled here by the real compiler.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/seedbed-loader-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
  }

  fs::path compile(const std::string& name, const std::string& source) const {
    write(name + ".c", source);
    const std::string file = (path_ / (name + ".so")).string();
    const std::string include = SEEDBED_SOURCE "/framework/sdk/include";
    const std::string command =
        "cc -shared -fPIC -I" + include + " -o " + file + " " + (path_ / (name + ".c")).string();
    REQUIRE(std::system(command.c_str()) == 0);
    return file;
  }

 private:
  fs::path path_;
};

/// A library with one optimizer `name`; the header of its entry is what a test wants it to be.
std::string library_source(const std::string& name, const std::string& header,
                           const std::string& more = "") {
  return R"(
#include <seedbed/plugin.h>
)" + more +
         R"(
static uint64_t size(const void *self, uint64_t d) { (void)self; (void)d; return 0; }
static const seedbed_optimizer functions = {sizeof functions, size, 0};
static int32_t create(const seedbed_value *v, const seedbed_context *c, void **s,
                      seedbed_message *m) { (void)v; (void)c; (void)m; *s = 0; return 0; }
static void destroy(void *self) { (void)self; }
static const seedbed_capability capabilities[] = {{"some.thing/1", &functions}};
static const seedbed_descriptor one = {sizeof one, SEEDBED_OPTIMIZER, ")" +
         name + R"(", "1", "MIT", "", "", 0, 0, capabilities, 1, &functions, create, destroy};
static const seedbed_descriptor *const all[] = {&one};
const seedbed_library seedbed_plugin = {)" +
         header + R"(, sizeof(seedbed_library), 0, 1, "cc", "", all};
)";
}

const std::string right = "SEEDBED_MAGIC, SEEDBED_ABI_MAJOR, SEEDBED_ABI_MINOR";

/// The one problem of a folder with one bad library.
std::string problem_of(const Folder& folder) {
  const Registry registry({folder.path()});
  REQUIRE(registry.plugins().empty());
  REQUIRE(registry.problems().size() == 1);
  return registry.problems()[0].reason;
}

}  // namespace

TEST_CASE("a good library gives its plugins, their capabilities and its hash") {
  const Folder folder;
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
  const Folder folder;
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
  const Folder folder;
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
  const Folder folder;
  const fs::path whole = folder.compile("whole", library_source("whole", right));
  std::ifstream stream(whole, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
  fs::remove(whole);
  for (std::size_t size = 1; size < bytes.size(); size += 97) {
    folder.write("cut.so", bytes.substr(0, size));
    CHECK_THAT(problem_of(folder), Catch::Contains("cut.so: expected a Seedbed plugin library"));
  }
}

TEST_CASE("one bad library does not keep the others from loading") {
  const Folder folder;
  folder.write("a.so", "hello");
  folder.compile("b", library_source("steady", right));
  const Registry registry({folder.path()});
  CHECK(registry.look_up(SEEDBED_OPTIMIZER, "steady") != nullptr);
  CHECK(registry.problems().size() == 1);
}

TEST_CASE("one kind and name in two files is an error that names both; one file twice is not") {
  const Folder folder, other;
  const fs::path first = folder.compile("first", library_source("twin", right));
  fs::create_symlink(first, other.path() / "link.so");
  CHECK(Registry({folder.path(), folder.path(), other.path()}).plugins().size() == 1);
  folder.compile("second", library_source("twin", right));
  CHECK_THROWS_WITH(Registry({folder.path()}), Catch::Contains("optimizer 'twin'") &&
                                                   Catch::Contains("first.so and") &&
                                                   Catch::Contains("second.so"));
}

TEST_CASE("a folder or a library that others may write to is refused") {
  const Folder folder;
  const fs::path file = folder.compile("open", library_source("open", right));
  fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
  CHECK_THAT(problem_of(folder), Catch::Contains("chmod o-w"));
  fs::permissions(file, fs::perms::others_write, fs::perm_options::remove);
  fs::permissions(folder.path(), fs::perms::others_write, fs::perm_options::add);
  CHECK_THAT(problem_of(folder), Catch::Contains("folder that others may not write to"));
}

TEST_CASE("a missing plugin's error names it, every folder searched, the nearest name, problems") {
  const Folder folder;
  folder.compile("adam", library_source("adam", right));
  folder.write("broken.so", "hello");
  const Registry registry({"/nowhere/plugins", folder.path()});
  try {
    registry.find(SEEDBED_OPTIMIZER, "adan");
    FAIL("found");
  } catch (const Error& error) {
    CHECK(error.exit() == seedbed::Exit::plugin);
    CHECK_THAT(error.what(),
               Catch::Contains("optimizer 'adan'") && Catch::Contains("did you mean 'adam'?") &&
                   Catch::Contains("/nowhere/plugins") && Catch::Contains(folder.path().string()) &&
                   Catch::Contains("broken.so"));
  }
}

TEST_CASE("the search path is given folders, the variable, the data home, the installation") {
  ::setenv("SEEDBED_PLUGIN_PATH", "/b:/c", 1);
  ::setenv("XDG_DATA_HOME", "/d", 1);
  const std::vector<fs::path> path = seedbed::search_path({"/a"});
  REQUIRE(path.size() == 5);
  CHECK(std::vector<fs::path>(path.begin(), path.begin() + 4) ==
        std::vector<fs::path>{"/a", "/b", "/c", "/d/seedbed/plugins"});
  CHECK_THAT(path[4].string(), Catch::EndsWith("/lib/seedbed/plugins"));
}
