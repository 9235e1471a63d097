#pragma once
#include <filesystem>
#include <string>

#include "proof/inventory.hpp"

namespace seedbed {

/// The text of ro-crate-metadata.json for a results folder with these files. What ran comes from
/// results.h5, when from events.jsonl.
std::string crate_text(const std::filesystem::path& folder, const Inventory& files);

}  // namespace seedbed
