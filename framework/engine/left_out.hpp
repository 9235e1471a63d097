#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/recording.hpp"

namespace seedbed {

/// A batch without one group of its trajectories, for each group in turn. All groups are copied one
/// after the other, and all but the last once more: what leaves one out lies side by side. Keeps
/// its memory.
class LeftOut {
 public:
  explicit LeftOut(const BatchShape& shape) : twice_(shape) {}

  /// `groups`: episodes of `whole`, each in one of them; none is empty. Else as take_episodes.
  void take(const seedbed_batch& whole, const std::vector<std::vector<std::size_t>>& groups,
            std::size_t parameters);
  /// The groups k+1 .. and those before k, in that order, as a batch; until the next one.
  seedbed_batch without(std::size_t k);
  /// Their episodes in the whole batch.
  std::span<const std::size_t> kept(std::size_t k) const;

 private:
  Recording twice_;
  std::vector<std::size_t> order_;    ///< of its episodes in the whole batch
  std::vector<std::size_t> first_;    ///< [groups + 1], where a group begins in it
  std::vector<std::uint64_t> begin_;  ///< of the last batch without a group
};

}  // namespace seedbed
