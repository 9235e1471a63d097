#pragma once
#include <cstdint>
#include <vector>

#include "engine/configuration.hpp"

namespace seedbed {

/// Seconds per nominal step (suite/cost.hpp) of a few iterations of each configuration, in a child
/// process that lives for at most `budget` seconds. A configuration whose first iteration was not
/// over by then, or at which a plugin failed, crashed or hung, is missing, with all that follow.
/// Preconditions: no other thread; plugins are loaded.
std::vector<double> time_iterations(const std::vector<const Configuration*>& configurations,
                                    std::uint32_t seed, double budget);

}  // namespace seedbed
