#pragma once
// Internal to the store: memory that rows wait in until they are written.
#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <span>
#include <vector>

namespace seedbed::hdf5 {

/// What memory, places in a file and sizes are multiples of where a file is written directly.
inline constexpr std::size_t direct_unit = 4096;

/// Bytes without a value until they are written, at a multiple of `direct_unit`.
struct Block {
  struct Free {
    void operator()(std::byte* bytes) const {
      ::operator delete(bytes, std::align_val_t(direct_unit));
    }
  };
  std::unique_ptr<std::byte, Free> data;
  std::size_t capacity = 0, size = 0;

  Block() = default;
  explicit Block(std::size_t bytes)
      : data(static_cast<std::byte*>(::operator new(bytes, std::align_val_t(direct_unit)))),
        capacity(bytes) {}
  std::span<const std::byte> bytes() const { return {data.get(), size}; }
};

/// Blocks that were written and may be filled again. Any thread.
///
/// Rationale: fresh pages cost more than what is written to them.
class SpareBlocks {
 public:
  /// An empty one of at least so many bytes.
  Block take(std::size_t bytes);
  void put(Block block);

 private:
  std::mutex mutex_;
  std::vector<Block> blocks_;
};

}  // namespace seedbed::hdf5
