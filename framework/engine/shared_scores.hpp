#pragma once
#include <vector>

#include "engine/arena.hpp"
#include "engine/estimate.hpp"
#include "engine/instance.hpp"

namespace seedbed {

/// The weights that an estimator says it gives the scores (plugin.h), or null.
const seedbed_estimator_weights* weights_of(const Instance& estimator);

/// What SharedScores needs of an estimator that has weights.
struct Weighting {
  const Instance& estimator;
  const std::vector<double>& state;
  bool keep_contributions;
};

/// Estimators whose contributions are weightings of the scores, on one batch: all weights, then one
/// pass over the scores for all of them, some trajectories at a time. The bits are those of
/// estimate(), since a policy sums each segment under each weighting by itself. Keeps its buffers.
class SharedScores {
 public:
  /// The batch's policy, under `theta`. Throws as estimate().
  std::vector<Estimate> estimates(const std::vector<Weighting>& weightings, const Instance& policy,
                                  const seedbed_batch& batch, const std::vector<double>& theta,
                                  Arena& arena);

 private:
  std::vector<double> weights_;  ///< [weightings][samples]
  std::vector<double> g_;        ///< [weightings][trajectories of a block][d]
};

}  // namespace seedbed
