#pragma once
#include <cstdint>
#include <vector>

#include "engine/arena.hpp"
#include "oracle/exact.hpp"
#include "oracle/finite_process.hpp"
#include "oracle/weighed_moments.hpp"

namespace seedbed {

/// What a black-box estimator does on a finite process, exactly: every batch of N trajectories,
/// weighed with its probability.
struct Certificate {
  Exact truth;
  std::uint64_t N = 0;
  WeighedMoments gradient;  ///< Of the estimate from N trajectories.
  /// What quadrature leaves open (noise_certificate.hpp); 0 where every batch was counted.
  double mean_error = 0.0, trace_error = 0.0;

  double trace() const;  ///< tr Cov g
  std::vector<double> bias() const;  ///< [d] E g - grad J
  double largest_bias() const;       ///< max_j |bias_j|
};

/// `state` is the estimator's, the same before every batch ("given the earlier batches"). Throws
/// Error when the estimator plans its own requests, or needs noise or environment states.
Certificate certify(const Instance& estimator, const FiniteProcess& process, std::size_t N,
                    const std::vector<double>& state, Arena& arena);

/// Moments of one contribution, over all trajectories: Cov(estimate) = Cov(contribution)/N. Far
/// cheaper than tuples. Throws Error unless the estimator declares independent contributions.
Certificate certify_contribution(const Instance& estimator, const FiniteProcess& process,
                                 const std::vector<double>& state, Arena& arena);

}  // namespace seedbed
