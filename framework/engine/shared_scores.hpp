#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "engine/aligned.hpp"
#include "engine/arena.hpp"
#include "engine/estimate.hpp"
#include "engine/instance.hpp"
#include "engine/left_out.hpp"
#include "engine/weight_rows.hpp"

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
/// estimate(), since a policy sums each segment under each weighting by itself, and both factor out
/// what weighs a trajectory evenly. Keeps its buffers.
class SharedScores {
 public:
  /// The batch's policy, under `theta`. Throws as estimate().
  std::vector<Estimate> estimates(const std::vector<Weighting>& weightings, const Instance& policy,
                                  const seedbed_batch& batch, const std::vector<double>& theta,
                                  Arena& arena);

  /// The gradients of one such estimator on the batch without each of `groups` of its trajectories.
  /// Up to rounding: many trajectories go into one sum, or one trajectory's sum into many. `shape`:
  /// what the batch carries, each time the same.
  std::vector<std::vector<double>> gradients(const Weighting& weighting,
                                             const std::vector<std::vector<std::size_t>>& groups,
                                             const BatchShape& shape, const Instance& policy,
                                             const seedbed_batch& batch,
                                             const std::vector<double>& theta, Arena& arena);

 private:
  /// Fills row 1 and following with the weights of the batch without each group, 0 for those of the
  /// group.
  void weigh_without(const Weighting& weighting,
                     const std::vector<std::vector<std::size_t>>& groups, const BatchShape& shape,
                     const seedbed_batch& batch, const std::vector<double>& theta, Arena& arena);
  /// Is every trajectory weighed evenly by each weighting, row 1 and following?
  bool all_even(std::size_t weightings, const seedbed_batch& batch) const;
  /// One sum per trajectory, or per run of some that lie side by side.
  enum class Sums { of_trajectories, of_runs };
  /// Hands sums [count][d] under the weights of rows begin .. end-1, the first of trajectory
  /// `first`, to take(row, first, count, g).
  using Take = std::function<void(std::size_t, std::size_t, std::size_t, const double*)>;
  void pass(std::size_t begin, std::size_t end, const Instance& policy, const seedbed_batch& batch,
            const std::vector<double>& theta, Arena& arena, Sums sums, const Take& take);

  AlignedDoubles prepared_;       ///< what the policy makes of theta
  WeightRows rows_;               ///< one of ones, and of each weighting
  AlignedDoubles g_;              ///< [weightings][trajectories of a block][d]
  std::optional<LeftOut> parts_;  ///< of gradients()
  std::vector<double> of_part_;   ///< the weights of one
};

}  // namespace seedbed
