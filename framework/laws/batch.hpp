#pragma once
#include <string>

#include "engine/recording.hpp"

namespace seedbed::contract {

/// The same trajectories under the same indices, stored in another order of memory.
Recording stored_otherwise(const Recording& recording);

/// Demands that nothing of a batch was written: `after` is what `before` was.
void demand_unwritten(const Recording& before, const Recording& after, const std::string& who);

/// The same with other rewards in trajectory i, or in all of them.
Recording with_other_rewards(const Recording& recording, std::size_t i);
Recording with_other_rewards(const Recording& recording);

}  // namespace seedbed::contract
