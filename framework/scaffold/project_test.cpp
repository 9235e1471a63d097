#include "scaffold/project.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <regex>
#include <seedbed/error.hpp>
#include <set>
#include <sstream>

#include "main/temporary_folder.hpp"

using namespace seedbed;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

const fs::path templates = SEEDBED_SOURCE "/framework/scaffold/templates";

std::string contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::directory_entry& file : fs::directory_iterator(folder))
    names.push_back(file.path().filename().string());
  return names;
}

}  // namespace

TEST_CASE("a project of every kind has its files, and no place is left open") {
  const TemporaryFolder folder;
  for (const char* kind : {"environment", "policy", "estimator", "baseline", "optimizer"}) {
    const fs::path project = folder.path() / "deep" / kind;
    write_project({kind, "my-own-idea"}, templates, project);
    for (const char* name : {"my-own-idea.cpp", "README.md", "CMakeLists.txt", "suite.toml"})
      CHECK(fs::exists(project / name));
    for (const std::string& name : files_in(project)) {
      CHECK_THAT(name, !Contains("{{name"));
      CHECK_THAT(contents(project / name), !Contains("{{name") && !Contains("{{Name"));
    }
    CHECK_THAT(contents(project / "my-own-idea.cpp"), Contains("struct MyOwnIdea {"));
    CHECK_THAT(contents(project / "suite.toml"), Contains("\"my-own-idea\""));
  }
}

TEST_CASE("a folder that exists is refused and left as it is") {
  const TemporaryFolder folder;
  const fs::path project = folder.path() / "mine";
  fs::create_directory(project);
  CHECK_THROWS_WITH(write_project({"policy", "mine"}, templates, project),
                    Contains("expected a folder that does not exist yet"));
  CHECK(fs::is_empty(project));
  fs::create_symlink("nowhere", folder.path() / "link");
  CHECK_THROWS_AS(write_project({"policy", "mine"}, templates, folder.path() / "link"), Error);
}

TEST_CASE("a project is there whole or not at all") {
  const TemporaryFolder folder;
  const fs::path from = folder.path() / "templates/policy";
  fs::create_directories(from / "a-folder-where-a-file-is-expected");
  std::ofstream(from / "README.md") << "{{name}}";
  fs::create_directory(folder.path() / "out");
  CHECK_THROWS(
      write_project({"policy", "mine"}, folder.path() / "templates", folder.path() / "out/mine"));
  CHECK(fs::is_empty(folder.path() / "out"));
}

TEST_CASE("names are lower-case words joined by hyphens") {
  for (const char* good : {"a", "my-idea", "d2", "x-2-y", "int", "new-class"})
    CHECK_NOTHROW(check_name(good));
  for (const char* bad : {"", "My-idea", "my_idea", "2d", "-a", "a-", "a--b", "a b", "../a", "a.b"})
    CHECK_THROWS_WITH(check_name(bad), Contains("expected lower-case words joined by '-', got"));
  for (const char* taken : {"test", "all", "install"})
    CHECK_THROWS_WITH(check_name(taken), Contains("CMake"));
  CHECK(struct_name("my-2nd-idea") == "My2ndIdea");
}

TEST_CASE("a name whose struct the headers of plugins declare already is refused") {
  std::set<std::string> declared;
  const std::regex declaration("^(?:struct|class|using|enum class) ([A-Z][a-z]\\w*)\\b");
  for (const fs::directory_entry& header :
       fs::directory_iterator(SEEDBED_SOURCE "/framework/sdk/include/seedbed")) {
    std::istringstream text(contents(header.path()));
    bool ours = false;
    for (std::string line; std::getline(text, line);) {
      if (line.rfind("namespace", 0) == 0) ours = line == "namespace seedbed {";
      std::smatch found;
      if (ours && std::regex_search(line, found, declaration)) declared.insert(found[1]);
    }
  }
  CHECK(declared.size() > 30);
  for (const std::string& word : declared) {
    const std::string name = std::regex_replace(word, std::regex("(.)([A-Z])"), "$1-$2");
    std::string lower;
    for (const char letter : name) lower += static_cast<char>(std::tolower(letter));
    INFO(word);
    CHECK_THROWS_WITH(check_name(lower), Contains("the headers of plugins leave free"));
  }
}
