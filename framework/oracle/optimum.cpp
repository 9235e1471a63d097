#include "oracle/optimum.hpp"

#include "oracle/linear_quadratic.hpp"

namespace seedbed {

std::optional<double> optimum(const DecisionProblem& problem) {
  const Instance &environment = problem.environment(), &policy = problem.policy();
  const auto* linear_quadratic = static_cast<const seedbed_linear_quadratic*>(
      environment.plugin().capability(SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC));
  const auto* linear_gaussian = static_cast<const seedbed_linear_gaussian*>(
      policy.plugin().capability(SEEDBED_POLICY_LINEAR_GAUSSIAN));
  if (!linear_quadratic || !linear_gaussian) return std::nullopt;
  seedbed_linear_quadratic_model model{};
  linear_quadratic->model(environment.self(), &model);
  if (problem.parameters() != model.n * model.m) return std::nullopt;
  std::vector<double> K(model.m * model.n), variance(model.m);
  const std::vector<double> theta(problem.parameters(), 0.0);
  linear_gaussian->gain(policy.self(), theta.data(), K.data(), variance.data());
  const std::vector<double> best = best_static_gain(model, variance, problem.objective());
  return solve(model, best, variance, problem.objective()).J;
}

}  // namespace seedbed
