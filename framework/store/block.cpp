#include "store/block.hpp"

#include <algorithm>

namespace seedbed::hdf5 {

namespace {
constexpr std::size_t most_blocks = 32;
}

Block SpareBlocks::take(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  // The last that was put back: it may be in a cache still.
  const auto found = std::find_if(blocks_.rbegin(), blocks_.rend(), [&](const Block& block) {
    return block.capacity >= bytes && block.capacity / 2 <= bytes;
  });
  if (found == blocks_.rend()) return Block(bytes);
  Block block = std::move(*found);
  blocks_.erase(std::next(found).base());
  block.size = 0;
  return block;
}

void SpareBlocks::put(Block block) {
  const std::lock_guard lock(mutex_);
  if (blocks_.size() == most_blocks) blocks_.erase(blocks_.begin());
  blocks_.push_back(std::move(block));
}

}  // namespace seedbed::hdf5
