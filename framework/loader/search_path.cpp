#include <boost/dll/runtime_symbol_info.hpp>
#include <cstdlib>
#include <sstream>

#include "loader/registry.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

fs::path data_home() {
  if (const std::string given = variable("XDG_DATA_HOME"); !given.empty()) return given;
  const std::string home = variable("HOME");
  return home.empty() ? fs::path() : fs::path(home) / ".local" / "share";
}

}  // namespace

std::vector<fs::path> search_path(const std::vector<fs::path>& given) {
  std::vector<fs::path> folders = given;
  std::istringstream listed(variable("SEEDBED_PLUGIN_PATH"));
  for (std::string folder; std::getline(listed, folder, ':');)
    if (!folder.empty()) folders.emplace_back(folder);
  if (const fs::path home = data_home(); !home.empty())
    folders.push_back(home / "seedbed" / "plugins");
  const fs::path program = boost::dll::program_location().string();
  folders.push_back(program.parent_path().parent_path() / "lib" / "seedbed" / "plugins");
  return folders;
}

}  // namespace seedbed
