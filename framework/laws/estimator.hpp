#pragma once
#include <vector>

#include "engine/instance.hpp"
#include "engine/recording.hpp"
#include "laws/law.hpp"

namespace seedbed::contract {

/// An estimator, a recorded batch that it asked for, and the state that it has then.
struct EstimatorTrial {
  const Instance &estimator, &policy;
  const Recording& recording;
  std::vector<double> theta, state;
};

/// What every estimator keeps on a recorded batch: finite contributions and gradient, the same bits
/// for the same inputs, other scratch, another order of the trajectories in memory, two threads;
/// batch, theta and state not written; weights that are those of estimate, where `plugin` has them.
/// Bias and variance: see certify.
Laws<EstimatorTrial> estimator_laws(const Plugin& plugin);
/// The estimate as text: equal in another process.
std::string fingerprint(const EstimatorTrial& trial);

}  // namespace seedbed::contract
