#pragma once
#include <seedbed/arrays.hpp>

#include <algorithm>

namespace seedbed {

/// Sum and number of the targets at each step, over the trajectories that reach it, added in the
/// order of episodes. Lives in the scratch.
struct StepSums {
  double *sum, *count;  ///< [targets.steps]

  StepSums(const seedbed_targets& targets, std::size_t episodes, Scratch& scratch)
      : sum(scratch.take(targets.steps)), count(scratch.take(targets.steps)) {
    std::fill_n(sum, targets.steps, 0.0);
    std::fill_n(count, targets.steps, 0.0);
    for (std::size_t i = 0; i < episodes; ++i)
      for (std::size_t e = targets.begin[i]; e < targets.begin[i] + targets.length[i]; ++e) {
        sum[targets.t[e]] += targets.value[e];
        count[targets.t[e]] += 1.0;
      }
  }
};

}  // namespace seedbed
