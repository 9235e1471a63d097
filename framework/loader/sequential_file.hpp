#pragma once
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <new>
#include <semaphore>
#include <span>
#include <thread>

namespace seedbed {

/// A file from its beginning to its end, in parts: while one is looked at, a thread reads the next
/// ones of a large file.
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
  struct Part {
    std::unique_ptr<std::byte, Free> bytes;
    std::size_t size = 0;
    int error = 0;  ///< errno, or 0
  };
  static constexpr std::size_t alignment = 4096, parts = 4;

  void read(Part& part);
  void read_ahead();

  std::filesystem::path path_;
  int file_ = -1;
  Part parts_[parts];
  std::size_t number_ = 0;  ///< of the next part
  bool is_at_end_ = false;
  std::counting_semaphore<parts + 1> free_{parts}, full_{0};  ///< parts to read, parts that are
  std::atomic<bool> is_abandoned_ = false;
  std::thread reader_;  ///< of a large file
};

}  // namespace seedbed
