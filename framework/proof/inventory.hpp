#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace seedbed {

/// A published file of a results folder.
struct InventoryEntry {
  std::uint64_t size = 0;
  std::string modified;  ///< "2026-11-25T20:05:03.123456789Z"
  std::string sha256;
};

/// By path relative to the folder, with '/'.
using Inventory = std::map<std::string, InventoryEntry>;

/// Every published file below a results folder: not what changes with each run (events.jsonl,
/// logs/, locks), what is half-written, finished segments, and the crate itself. `known` is an
/// older inventory: a file of the same size and time is not read again but has the hash that it
/// had. Reads with as many threads as there are cores. Throws Error for a file that cannot be read.
Inventory take_inventory(const std::filesystem::path& folder, const Inventory& known = {});

}  // namespace seedbed
