#pragma once
#include <cstdint>
#include <span>

#include "engine/recording.hpp"

namespace seedbed {

/// Makes `part` (of the same shape) the batch of the episodes `kept` of `whole`, in that order.
void take_episodes(const Recording& whole, std::span<const std::size_t> kept, Recording& part);

}  // namespace seedbed
