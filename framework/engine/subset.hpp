#pragma once
#include <cstdint>
#include <span>

#include "engine/recording.hpp"

namespace seedbed {

/// Makes `part` the batch of the episodes `kept` of `whole`, in that order. `whole` has what the
/// shape of `part` names, and lies elsewhere; theta has `parameters` numbers.
void take_episodes(const seedbed_batch& whole, std::span<const std::size_t> kept,
                   std::size_t parameters, Recording& part);

}  // namespace seedbed
