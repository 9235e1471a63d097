#pragma once
// Internal to the store: memory that rows wait in until they are written.
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace seedbed::hdf5 {

/// Bytes without a value until they are written.
struct Block {
  std::unique_ptr<std::byte[]> data;
  std::size_t capacity = 0, size = 0;

  Block() = default;
  explicit Block(std::size_t bytes)
      : data(std::make_unique_for_overwrite<std::byte[]>(bytes)), capacity(bytes) {}
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
