#include "oracle/formula_variance.hpp"

#include <cmath>

#include "oracle/linear_quadratic_variance.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

namespace {

constexpr std::size_t most_parameters = 512;

double variance_by(std::uint32_t formula, const FiniteProcess& process, Arena& arena) {
  const TabularProblem& p = process.problem();
  switch (formula) {
    case SEEDBED_FORMULA_REINFORCE:
      return reinforce_moments(process, arena).with_baseline(0.0).trace();
    case SEEDBED_FORMULA_REWARD_TO_GO:
      return critic_moments(process, {no_baseline(p), 1.0, p.discount}, arena).trace();
    case SEEDBED_FORMULA_ALL_ACTION:
      return all_action_moments(process, arena).trace();
    default:
      return NAN;
  }
}

double variance_by(std::uint32_t formula, const LinearGaussianProcess& process) {
  switch (formula) {
    case SEEDBED_FORMULA_REINFORCE:
      return reinforce_moments(process).with_baseline(0.0).trace();
    case SEEDBED_FORMULA_REWARD_TO_GO:
      return reward_to_go_moments(process).without.trace();
    case SEEDBED_FORMULA_ALL_ACTION:
      return all_action_moments(process).trace();
    case SEEDBED_FORMULA_PATHWISE:
      return pathwise_moments(process).trace();
    default:
      return NAN;
  }
}

}  // namespace

std::vector<double> formula_variances(const DecisionProblem& problem,
                                      const std::vector<double>& theta,
                                      const std::vector<std::uint32_t>& formulas, Arena& arena) {
  std::vector<double> variances(formulas.size(), NAN);
  const Instance &environment = problem.environment(), &policy = problem.policy();
  if (theta.size() > most_parameters) return variances;
  if (FiniteProcess::supports(environment, policy)) {
    const FiniteProcess process(environment, policy, problem.objective(), theta, arena);
    for (std::size_t e = 0; e < formulas.size(); ++e)
      variances[e] = variance_by(formulas[e], process, arena);
  } else if (LinearGaussianProcess::supports(environment, policy)) {
    const LinearGaussianProcess process(environment, policy, problem.objective(), theta);
    for (std::size_t e = 0; e < formulas.size(); ++e)
      variances[e] = variance_by(formulas[e], process);
  }
  return variances;
}

}  // namespace seedbed
