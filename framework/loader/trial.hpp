#pragma once
#include <filesystem>

namespace seedbed {

/// Loads a library in a child process and throws Error (exit 3) when the child does not survive it:
/// code that runs at load crashes, ends the process, or is at work for ten seconds. What it does
/// otherwise is done twice. Not noticed: what it does to files, or in the parent alone.
void try_to_load(const std::filesystem::path& path);

}  // namespace seedbed
