#pragma once
#include <cstdint>
#include <span>

#include "engine/recording.hpp"

namespace seedbed {

/// Makes `part` the batch of the episodes `kept` of `whole`, in that order. `whole` has what the
/// shape of `part` names, and lies elsewhere; theta has `parameters` numbers.
void take_episodes(const seedbed_batch& whole, std::span<const std::size_t> kept,
                   std::size_t parameters, Recording& part);

/// body(i, count, samples) of each run of episodes kept[i] .. kept[i+count-1] whose samples lie
/// side by side in `whole`, in this order.
template <class Body>
void each_run(const seedbed_batch& whole, std::span<const std::size_t> kept, Body&& body) {
  for (std::size_t i = 0, end = 0; i < kept.size(); i = end) {
    const std::size_t begin = whole.begin[kept[i]];
    std::size_t samples = 0;
    do samples += whole.length[kept[end++]];
    while (end < kept.size() && kept[end] == kept[end - 1] + 1 &&
           whole.begin[kept[end]] == begin + samples);
    body(i, end - i, samples);
  }
}

}  // namespace seedbed
