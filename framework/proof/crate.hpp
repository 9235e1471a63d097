#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "proof/inventory.hpp"

namespace seedbed {

/// Writes `folder`/ro-crate-metadata.json, whole or not at all: a Process Run Crate 0.5 over
/// RO-Crate 1.1. The suite is the object of one CreateAction, every other published file its
/// result, seedbed its instrument with the plugins as parts; each file and plugin with its SHA-256.
/// Who ran it and on which machine is not in it. Files that did not change since the crate that is
/// there are not read again; when none did, that crate stays. Precondition: results.h5 was
/// collected.
void publish_crate(const std::filesystem::path& folder);

/// The files that the crate of a folder names. Throws Error: exit 2 when there is no crate, exit 5
/// when it is none.
Inventory files_in_crate(const std::filesystem::path& folder);

/// A folder against its crate: paths, in order.
struct CrateCheck {
  std::vector<std::string> changed, missing, extra;
  std::size_t equal = 0;
  std::uint64_t bytes = 0;  ///< Of the equal ones.
  bool is_whole() const { return changed.empty() && missing.empty() && extra.empty(); }
};

/// Reads every file again. Throws as files_in_crate.
CrateCheck check_crate(const std::filesystem::path& folder);

}  // namespace seedbed
