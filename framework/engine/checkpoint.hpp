#pragma once
#include <cstdint>

#include "engine/configuration.hpp"

namespace seedbed {

/// A learn stage keeps theta before its first update, after every k-th and after its last one (or
/// the one that made it diverge). k: [record] checkpoints, else such that there are about 100.
/// Precondition: a learn stage.
std::uint64_t checkpoint_every(const Configuration& configuration);

/// Whether theta after so many updates is kept when the stage does not diverge.
bool keeps_checkpoint(const Configuration& configuration, std::uint64_t updates);

/// The kept one that is nearest; of two, the earlier.
std::uint64_t nearest_checkpoint(const Configuration& configuration, std::uint64_t updates);

}  // namespace seedbed
