#pragma once
#include <seedbed/plugin.h>

#include <filesystem>
#include <memory>
#include <string>

#include "loader/exports.hpp"

namespace seedbed {

/// A loaded plugin library.
struct Library {
  std::filesystem::path path;
  std::filesystem::path code;              ///< What was loaded: `path` or its variant for this CPU.
  std::string sha256;                      ///< Of the file, hexadecimal.
  const seedbed_library* table = nullptr;  ///< As this host's ABI knows it; lives with `owner`.
  std::unique_ptr<const Exports> owner;
};

/// Loads a library after its entry and ABI were read from the ELF file, so that nothing of a
/// library of another ABI runs; one that runs code at load is tried in a child process first
/// (trial.hpp). RTLD_NOW | RTLD_LOCAL; never unloaded. Throws Error (exit 3).
const Library& load_library(const std::filesystem::path& path);

}  // namespace seedbed
