#pragma once
#include <filesystem>
#include <set>
#include <string>

namespace seedbed {

/// Removes what dead workers left half-written below `runs`: every .partial file. For who has the
/// folder to itself.
void remove_leftovers(const std::filesystem::path& runs);

/// The same, of these run files and their segments alone. For who shares the folder.
void remove_leftovers(const std::filesystem::path& runs, const std::set<std::string>& run_files);

/// Removes what a dead worker left half-written of one run file and its segments.
void remove_leftovers_of(const std::filesystem::path& run_file);

}  // namespace seedbed
