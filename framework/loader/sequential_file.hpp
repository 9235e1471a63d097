#pragma once
#include <cstddef>
#include <filesystem>
#include <future>
#include <memory>
#include <new>
#include <span>

namespace seedbed {

/// A file from its beginning to its end, in parts of 4 MiB: the next is read while one is looked
/// at.
///
/// Rationale: the large files of a run were written past the page cache. Read past it as well
/// they come at the speed of the disk, into memory that is touched already.
class SequentialFile {
 public:
  /// Throws Error when the file cannot be read.
  explicit SequentialFile(const std::filesystem::path& path);
  SequentialFile(const SequentialFile&) = delete;
  ~SequentialFile();

  /// Valid until the next call; empty at the end. Throws Error when the file cannot be read.
  std::span<const std::byte> next();

 private:
  struct Free {
    void operator()(std::byte* bytes) const {
      ::operator delete(bytes, std::align_val_t(alignment));
    }
  };
  using Buffer = std::unique_ptr<std::byte, Free>;
  static constexpr std::size_t alignment = 4096;

  static Buffer make_buffer();
  std::size_t read(std::byte* to);
  void begin_reading();

  std::filesystem::path path_;
  int file_ = -1;
  bool is_large_ = false;
  Buffer at_hand_, coming_;
  std::future<std::size_t> size_of_coming_;
};

}  // namespace seedbed
