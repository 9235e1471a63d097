#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "loader/registry.hpp"
#include "proof/recipe.hpp"

namespace seedbed {

/// The libraries of a recipe on a plugin path.
struct FoundLibraries {
  std::vector<std::filesystem::path> exact;  ///< With the very hash, in the order of the recipe.
  std::vector<NeededLibrary> missing;        ///< There is none with that hash.
};

/// Looks at every library in every folder of the path by its SHA-256, whatever it is called; loads
/// none. What others may write to is not looked at, unless the path says so.
FoundLibraries find_libraries(const Recipe& recipe, const SearchPath& path);

/// The plugins that a recipe is run with: those of the exact libraries, and for the missing ones
/// what has their name on the path. Each of those is a line of `warnings`. Throws Error (exit 3)
/// that names what is not there at all.
Registry registry_for(const Recipe& recipe, const SearchPath& path,
                      std::vector<std::string>& warnings);

}  // namespace seedbed
