#pragma once
#include <filesystem>

namespace seedbed {

/// Where the file is built that will be published as `path`.
std::filesystem::path partial_path(const std::filesystem::path& path);

/// Makes the finished partial file of `path` visible under its name: fsync, rename, fsync of the
/// folder. A kill at any moment leaves the whole file or none. Throws Error (exit 5).
void publish_partial(const std::filesystem::path& path);

}  // namespace seedbed
