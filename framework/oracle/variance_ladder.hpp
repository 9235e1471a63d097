#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/arena.hpp"
#include "engine/decision_problem.hpp"
#include "oracle/contribution_moments.hpp"
#include "oracle/step_moments.hpp"
#include "oracle/tabular.hpp"

namespace seedbed {

/// One estimator of the ladder.
struct Rung {
  std::string name;  ///< "reward-to-go, b = V(s)"
  ContributionMoments moments;
  std::size_t trajectories = 1;  ///< that one contribution takes
  bool unbiased = true;          ///< Its mean is grad J, up to rounding.

  double bias_norm(const std::vector<double>& gradient) const;  ///< |E g - grad J|
};

/// What one contribution to the gradient scatters by, estimator by estimator, exactly.
struct VarianceLadder {
  ReinforceMoments reinforce;             ///< J, its gradient, the Fisher matrix
  StepMoments steps;                      ///< the best baselines of steps
  std::vector<Rung> rungs;                ///< The first is REINFORCE without a baseline.
  std::optional<TabularSolution> values;  ///< V, Q, d of a finite process
};

/// By the first oracle that the capabilities of environment and policy allow: a finite process
/// under a policy that lists its actions, or a linear-quadratic regulator under a linear-Gaussian
/// policy. None when there is no oracle for them.
std::optional<VarianceLadder> variance_ladder(const DecisionProblem& problem,
                                              const std::vector<double>& theta, Arena& arena);

}  // namespace seedbed
