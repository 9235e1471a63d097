#include "oracle/exact.hpp"

#include "oracle/finite_process.hpp"
#include "oracle/linear_quadratic.hpp"

namespace seedbed {

namespace {

Exact tabular(const Instance& environment, const Instance& policy, const Objective& objective,
              const std::vector<double>& theta, Arena& arena) {
  const FiniteProcess process(environment, policy, objective, theta, arena);
  const TabularSolution solution = solve(process.problem());
  return {solution.J, process.weighted_score(solution.weight, arena)};
}

Exact linear_quadratic(const Instance& environment, const seedbed_linear_quadratic& dynamics,
                       const Instance& policy, const seedbed_linear_gaussian& gaussian,
                       const Objective& objective, const std::vector<double>& theta) {
  seedbed_linear_quadratic_model model{};
  dynamics.model(environment.self(), &model);
  std::vector<double> K(model.m * model.n), variance(model.m);
  gaussian.gain(policy.self(), theta.data(), K.data(), variance.data());
  const LinearQuadraticValue value = solve(model, K, variance, objective);
  Exact result{value.J, std::vector<double>(theta.size())};
  gaussian.pull_back(policy.self(), theta.data(), value.dJ_dK.data(), value.dJ_dvariance.data(),
                     result.gradient.data());
  return result;
}

}  // namespace

std::optional<Exact> exact(const Instance& environment, const Instance& policy,
                           std::uint64_t horizon, double discount, const std::vector<double>& theta,
                           Arena& arena) {
  const Objective objective{horizon, discount};
  if (FiniteProcess::supports(environment, policy))
    return tabular(environment, policy, objective, theta, arena);
  const auto* dynamics = static_cast<const seedbed_linear_quadratic*>(
      environment.plugin().capability(SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC));
  const auto* gaussian = static_cast<const seedbed_linear_gaussian*>(
      policy.plugin().capability(SEEDBED_POLICY_LINEAR_GAUSSIAN));
  if (dynamics && gaussian)
    return linear_quadratic(environment, *dynamics, policy, *gaussian, objective, theta);
  return std::nullopt;
}

}  // namespace seedbed
