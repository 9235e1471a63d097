#pragma once
#include <filesystem>

namespace seedbed {

/// Where the file is built that will be published as `path`.
std::filesystem::path partial_path(const std::filesystem::path& path);

/// `<path>.<pid>-<time>`, for a file that several processes publish at the same time: each builds
/// the partial file of its own path.
std::filesystem::path own_path(const std::filesystem::path& path);

/// Removes the partial files of own paths in `folder` whose builders are dead: those that nobody
/// has locked (PartialLock). Everything else in the folder is left alone.
void remove_dead_partials(const std::filesystem::path& folder);

/// The right to build the partial file of `path`, until the process ends or this is destroyed.
/// Throws Error (exit 5) when another process has it. On file systems without locks it is granted.
class PartialLock {
 public:
  explicit PartialLock(const std::filesystem::path& path);
  PartialLock(const PartialLock&) = delete;
  ~PartialLock();

 private:
  int file_;
};

/// Makes the finished partial file of `path` visible as `target`, in the same folder: fsync,
/// rename, fsync of the folder. A kill at any moment leaves the whole file or none. Throws Error
/// (exit 5).
void publish_partial(const std::filesystem::path& path, const std::filesystem::path& target);
inline void publish_partial(const std::filesystem::path& path) {
  publish_partial(path, path);
}

}  // namespace seedbed
