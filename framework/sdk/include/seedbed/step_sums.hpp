#pragma once
#include <algorithm>
#include <seedbed/arrays.hpp>
#include <seedbed/pack.hpp>

namespace seedbed {

/// body(first, t, n) for every trajectory that has targets, in their order: they are
/// first .. first+n-1, at the steps t .. t+n-1.
template <class Body>
void each_trajectory(const seedbed_targets& targets, std::size_t episodes, Body&& body) {
  for (std::size_t i = 0; i < episodes; ++i)
    if (const std::size_t first = targets.begin[i], n = targets.length[i]; n > 0)
      body(first, static_cast<std::size_t>(targets.t[first]), n);
}

/// Sum and number of the targets at each step, over the trajectories that reach it, added in the
/// order of episodes. Lives in the scratch.
struct StepSums {
  double *sum, *count;  ///< [targets.steps]

  StepSums(const seedbed_targets& targets, std::size_t episodes, Scratch& scratch)
      : sum(scratch.take(targets.steps)), count(scratch.take(targets.steps)) {
    std::fill_n(sum, targets.steps, 0.0);
    std::fill_n(count, targets.steps, 0.0);
    each_trajectory(targets, episodes, [&](std::size_t first, std::size_t t, std::size_t n) {
      const double* value = targets.value + first;
      if (n == 1) {  // whole returns
        sum[t] += *value;
        count[t] += 1.0;
        return;
      }
      in_packs<1>(n, [s = sum + t, c = count + t, value](auto at) {
        at.store(s, at.load(s) + at.load(value));
        at.store(c, at.load(c) + 1.0);
      });
    });
  }

  /// sum / count where a trajectory reaches the step, else as it was.
  void means(std::size_t steps, double* mean) const {
    for (std::size_t t = 0; t < steps; ++t)
      if (count[t] > 0.0) mean[t] = sum[t] / count[t];
  }
};

}  // namespace seedbed
