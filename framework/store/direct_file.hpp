#pragma once
// Internal to the store: a file without the page cache in between.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace seedbed {

/// Writes whole units (`direct_unit`) of a file straight from memory to the disk (O_DIRECT).
///
/// Rationale: to copy rows into the page cache costs more processor time than to roll them out, and
/// what waits there would be written by the fsync behind the last iteration.
class DirectFile {
 public:
  explicit DirectFile(const std::filesystem::path& path) : path_(path) {}
  DirectFile(const DirectFile&) = delete;
  ~DirectFile();

  /// False, and nothing written: these bytes or this file system cannot do it. Throws Error (exit
  /// 5) when the disk is full or fails.
  bool write(std::uint64_t offset, std::span<const std::byte> bytes);

 private:
  bool open();

  std::filesystem::path path_;
  int file_ = -1;
  bool is_refused_ = false;
};

}  // namespace seedbed
