#pragma once
#include <vector>

#include "engine/arena.hpp"
#include "engine/decision_problem.hpp"

namespace seedbed {

/// D(pi_theta || pi_other) in nats, mean over the states of a batch that was drawn under theta.
/// Exact state by state where the policy has its distribution (seedbed.policy.distribution/1), else
/// the mean of r - 1 - log r over the samples, r = pi_other(a|s) / pi_theta(a|s): without bias, as
/// E r = 1, and never negative (Schulman, Approximating KL divergence, 2020). Infinite where an
/// action that was taken has lost its probability.
/// Throws Error (exit 1) when the policy fails.
double kl_divergence(const DecisionProblem& problem, const seedbed_batch& batch,
                     const std::vector<double>& theta, const std::vector<double>& other,
                     Arena& arena);

}  // namespace seedbed
