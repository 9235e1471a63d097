#pragma once
#include <seedbed/plugin.h>

#include <filesystem>
#include <string>

namespace seedbed {

/// A loaded plugin library.
struct Library {
  std::filesystem::path path;
  std::string sha256;  ///< Of the file, hexadecimal.
  const seedbed_library* table = nullptr;
};

/// Loads a library after its entry and ABI were read from the ELF file, so that nothing of a
/// library of another ABI runs. RTLD_NOW | RTLD_LOCAL; never unloaded. Throws Error (exit 3).
const Library& load_library(const std::filesystem::path& path);

}  // namespace seedbed
