#pragma once
#include <filesystem>

namespace seedbed {

/// Removes what dead workers left half-written below `runs`: every .partial file. For who has the
/// folder to itself.
void remove_leftovers(const std::filesystem::path& runs);

/// Removes what a dead worker left half-written of one run file and its segments.
void remove_leftovers_of(const std::filesystem::path& run_file);

}  // namespace seedbed
