#include "proof/library_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <seedbed/error.hpp>

#include "loader/sha256.hpp"
#include "loader/trust.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error))
    if (file->path().extension() == ".so" && file->is_regular_file()) files.push_back(file->path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Paths by hash; the first on the path where there are several.
std::map<std::string, fs::path> by_hash(const SearchPath& path) {
  std::map<std::string, fs::path> found;
  for (const fs::path& folder : path.folders) {
    if (!path.unsafe_too && !distrust(folder).empty()) continue;
    for (const fs::path& file : files_in(folder)) {
      if (!path.unsafe_too && !distrust(file).empty()) continue;
      try {
        found.try_emplace(sha256_of_file(file), file);
      } catch (const Error&) {
        continue;  // one that cannot be read is not the one that is looked for
      }
    }
  }
  return found;
}

}  // namespace

FoundLibraries find_libraries(const Recipe& recipe, const SearchPath& path) {
  const std::map<std::string, fs::path> known = by_hash(path);
  FoundLibraries found;
  for (const NeededLibrary& library : recipe.libraries)
    if (const auto file = known.find(library.sha256); file != known.end())
      found.exact.push_back(file->second);
    else
      found.missing.push_back(library);
  return found;
}

Registry registry_for(const Recipe& recipe, const SearchPath& path,
                      std::vector<std::string>& warnings) {
  const FoundLibraries found = find_libraries(recipe, path);
  if (found.missing.empty())
    return Registry(SearchPath(std::vector<fs::path>(), path.unsafe_too), found.exact);
  Registry registry(path, found.exact);
  for (const NeededLibrary& library : found.missing)
    for (const std::string& use : library.uses) {
      const std::size_t space = use.find(' ');
      const std::string kind = use.substr(0, space), name = use.substr(space + 1);
      const Plugin& plugin = registry.find(kind_named(kind), name);
      warnings.push_back(fmt::format(
          "{} '{}': expected {} with SHA-256 {}… on the plugin path, got none; took {} ({}…) for "
          "its name",
          kind, name, library.file, library.sha256.substr(0, 12), plugin.library->path.string(),
          plugin.library->sha256.substr(0, 12)));
    }
  return registry;
}

}  // namespace seedbed
