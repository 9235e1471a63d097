#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/arena.hpp"
#include "engine/decision_problem.hpp"
#include "oracle/contribution_moments.hpp"

namespace seedbed {

/// One estimator of the ladder; all of them have the mean grad J.
struct Rung {
  std::string name;  ///< "reward-to-go, b = V(s)"
  ContributionMoments moments;
};

/// What one trajectory's contribution to the gradient scatters by, estimator by estimator, exactly.
struct VarianceLadder {
  ReinforceMoments reinforce;  ///< J, its gradient, the Fisher matrix
  std::vector<Rung> rungs;     ///< The first is REINFORCE without a baseline.
};

/// By the first oracle that the capabilities of environment and policy allow: a finite process
/// under a policy that lists its actions, or a linear-quadratic regulator under a linear-Gaussian
/// policy. None when there is no oracle for them.
std::optional<VarianceLadder> variance_ladder(const DecisionProblem& problem,
                                              const std::vector<double>& theta, Arena& arena);

}  // namespace seedbed
