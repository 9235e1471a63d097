#include "engine/checkpoint.hpp"

#include <algorithm>

namespace seedbed {

std::uint64_t checkpoint_every(const Configuration& c) {
  constexpr std::uint64_t customary = 100;
  if (c.record.checkpoints) return c.record.checkpoints;
  return std::max<std::uint64_t>(1, c.iterations / customary);
}

bool keeps_checkpoint(const Configuration& c, std::uint64_t updates) {
  return updates == c.iterations || (updates < c.iterations && updates % checkpoint_every(c) == 0);
}

std::uint64_t nearest_checkpoint(const Configuration& c, std::uint64_t updates) {
  if (updates >= c.iterations) return c.iterations;
  const std::uint64_t every = checkpoint_every(c), before = updates - updates % every;
  const std::uint64_t after = std::min(before + every, c.iterations);
  return updates - before <= after - updates ? before : after;
}

}  // namespace seedbed
