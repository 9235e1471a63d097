#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/sampler.hpp"

namespace seedbed {

/// Where the variance of one contribution comes from, measured: tr Var of the martingale increments
/// E[g|F_k] - E[g|F_k-1] of one draw after another, s_0, a_0, (r_0, s_1), a_1, ...
struct VarianceParts {
  std::vector<double> variance, standard_error;  ///< [sources], as source_labels names them
  double total = 0.0;  ///< The sample variance of the M contributions, its trace.
};

/// "initial", "action 0", "transition 0", "action 1", ...; beyond 16 steps of spans: "action 0-31".
std::vector<std::string> source_labels(std::uint64_t horizon);

/// Why the variance of this estimator has no such parts, or "".
std::string refuses_split(const EstimatorInUse& estimator);

/// Of each estimator, in the state that it has, from the same M >= 2 trajectories and 2 min(H, 16)
/// + 1 restarts of each (3 * 16 + 1 where H > 16). The noise shares no name with any study's.
///
/// Parts are unbiased, may come out negative, and sum to `total` where H <= 16, up to rounding;
/// beyond that a span is measured at one of its steps drawn for each trajectory, and they do in the
/// mean. Throws Error when an estimator refuses.
std::vector<VarianceParts> variance_by_restarts(const DecisionProblem& problem,
                                                const std::vector<double>& theta,
                                                std::span<const EstimatorInUse* const> estimators,
                                                std::uint64_t M, const Noise& noise);

}  // namespace seedbed
