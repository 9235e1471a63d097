#pragma once
#include <seedbed/plugin.h>

#include <algorithm>
#include <cstddef>

namespace seedbed {

/// add(sum, sample) of every sample of a batch, each trajectory from its last one to its first,
/// with a Sum{} of its own; then done(episode, sum), in the order of episodes.
///
/// Rationale: within a trajectory each addition waits for the one before, so four go side by side
/// as long as all of them last.
template <class Sum, class Add, class Done>
inline void backwards(const seedbed_batch& batch, Add&& add, Done&& done) {
  constexpr std::size_t many = 4;
  for (std::size_t i = 0; i < batch.episodes; i += many) {
    const std::size_t count = std::min<std::size_t>(many, batch.episodes - i);
    Sum sum[many] = {};
    std::size_t end[many] = {}, common = count == many ? batch.length[i] : 0;
    for (std::size_t k = 0; k < count; ++k) {
      end[k] = batch.begin[i + k] + batch.length[i + k];
      common = std::min<std::size_t>(common, batch.length[i + k]);
    }
    for (std::size_t j = 1; j <= common; ++j)
#pragma GCC unroll 4
      for (std::size_t k = 0; k < many; ++k) add(sum[k], end[k] - j);
    for (std::size_t k = 0; k < count; ++k) {
      Sum one = sum[k];
      for (std::size_t j = common + 1; j <= batch.length[i + k]; ++j) add(one, end[k] - j);
      done(i + k, one);
    }
  }
}

}  // namespace seedbed
