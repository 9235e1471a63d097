#include <seedbed/error.hpp>

#include "loader/library_source.hpp"

namespace fs = std::filesystem;
using namespace seedbed;

TEST_CASE("one bad library does not keep the others from loading") {
  const TemporaryFolder folder;
  folder.write("a.so", "hello");
  folder.compile("b", library_source("steady", right));
  const Registry registry({folder.path()});
  CHECK(registry.look_up(SEEDBED_OPTIMIZER, "steady") != nullptr);
  CHECK(registry.problems().size() == 1);
}

TEST_CASE("one kind and name in two files is an error that names both but one file twice is none") {
  const TemporaryFolder folder, other;
  const fs::path first = folder.compile("first", library_source("twin", right));
  fs::create_symlink(first, other.path() / "link.so");
  CHECK(Registry({folder.path(), folder.path(), other.path()}).plugins().size() == 1);
  folder.compile("second", library_source("twin", right));
  folder.compile("third", library_source("steady", right));
  const Registry registry({folder.path()});
  CHECK(registry.look_up(SEEDBED_OPTIMIZER, "steady") != nullptr);
  REQUIRE(registry.problems().size() == 1);
  CHECK_THROWS_WITH(registry.find(SEEDBED_OPTIMIZER, "twin"),
                    Catch::Contains("optimizer 'twin': expected one library to have it, got") &&
                        Catch::Contains("first.so and") && Catch::Contains("second.so"));
}

TEST_CASE("a folder or a library that others may write to is refused") {
  const TemporaryFolder folder;
  const fs::path file = folder.compile("open", library_source("open", right));
  fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
  CHECK_THAT(problem_of(folder), Catch::Contains("chmod o-w"));
  fs::permissions(file, fs::perms::others_write, fs::perm_options::remove);
  fs::permissions(folder.path(), fs::perms::others_write, fs::perm_options::add);
  CHECK_THAT(problem_of(folder), Catch::Contains("folder that others may not write to"));
  CHECK(Registry({{folder.path()}, true}).plugins().size() == 1);
}

TEST_CASE("a folder that others may replace is refused, but below one that is sticky it is not") {
  const TemporaryFolder folder;
  fs::create_directories(folder / "above/plugins");
  const fs::path file = folder.compile("above/plugins/open", library_source("open", right));
  const auto plugins = [&] { return Registry({folder / "above/plugins"}).plugins().size(); };
  CHECK(plugins() == 1);
  fs::permissions(folder / "above", fs::perms::others_write, fs::perm_options::add);
  CHECK(plugins() == 0);
  CHECK_THAT(Registry({folder / "above/plugins"}).problems().at(0).reason,
             Catch::Contains("got one below") && Catch::Contains("/above (chmod o-w"));
  fs::permissions(folder / "above", fs::perms::sticky_bit, fs::perm_options::add);
  CHECK(plugins() == 1);
}

TEST_CASE("a link does not hide that others may write to what it leads to") {
  const TemporaryFolder folder, other;
  const fs::path file = other.compile("open", library_source("open", right));
  fs::create_symlink(file, folder / "open.so");
  fs::permissions(file, fs::perms::others_write, fs::perm_options::add);
  CHECK_THAT(problem_of(folder), Catch::Contains("open.so: expected a file that others may not"));
}

TEST_CASE("a missing plugin's error names it, every folder searched, the nearest name, problems") {
  const TemporaryFolder folder;
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
