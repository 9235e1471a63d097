#pragma once
#include <optional>

#include "engine/decision_problem.hpp"
#include "oracle/certificate.hpp"

namespace seedbed {

/// What is certified over all noise: an estimator that plans its own requests, reads noise or works
/// on a process whose trajectories cannot be listed.
struct NoiseStudy {
  const Instance& estimator;
  const DecisionProblem& problem;  ///< One that exact() knows.
  std::vector<double> theta;
  std::size_t N;              ///< Episodes of a batch that nobody plans.
  std::vector<double> state;  ///< Of the estimator, before the batch.
  /// Where not empty: a batch at this theta comes first, and its commit makes the state. All is
  /// then the mean over both.
  std::vector<double> earlier_theta = {};
  std::size_t most = 1 << 17;  ///< work with one quadrature rule, in batches
};

/// Every batch, weighed with its probability. Uniform numbers are enumerated without error (see
/// jumps_of); normal ones, and those of the plan, take the nodes of quadrature rules that grow until
/// two of them agree to 1e-12 of the largest number, or the mean to 1e-8 and there is much to do for
/// more, or the next has too many batches: `mean_error` and `trace_error` are what the last two
/// differ by. None when a rule and one more do not fit.
///
/// The truth is the gradient of J; of an estimator of a smoothed J it is the mean of grad J over the
/// thetas that the estimator asks for, itself left out where it asks for others. Throws Error when
/// the episodes' mean return is not J: then the process hides something from its model.
std::optional<Certificate> certify_over_noise(const NoiseStudy& study, Arena& arena);

/// The estimator's state after some batch that it may meet: the first that an enumeration brings.
/// None when the batches are too many to begin with.
std::optional<std::vector<double>> state_after_a_batch(const NoiseStudy& study, Arena& arena);

}  // namespace seedbed
