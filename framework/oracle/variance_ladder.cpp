#include "oracle/variance_ladder.hpp"

#include <cmath>

#include "oracle/linear_quadratic_variance.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

namespace {

constexpr const char* alone = "reward-to-go, b of Peters & Schaal";
constexpr const char* best = "reward-to-go, best b_t";
constexpr const char* best_of_each = "reward-to-go, best b_t of each component";

std::vector<Rung> reinforce_rungs(const ReinforceMoments& moments) {
  return {
      {"REINFORCE", moments.with_baseline(0.0)},
      {"REINFORCE, b = E R", moments.with_baseline(moments.J)},
      {"REINFORCE, best b", moments.with_baseline(moments.best_baseline())},
      {"REINFORCE, best b of each component", moments.with_baselines(moments.best_baselines())}};
}

VarianceLadder ladder_of(const FiniteProcess& process, Arena& arena) {
  const TabularProblem& p = process.problem();
  VarianceLadder ladder{
      reinforce_moments(process, arena), step_moments(process, arena), {}, solve(p)};
  ladder.rungs = reinforce_rungs(ladder.reinforce);
  const TabularSolution& solution = *ladder.values;
  const auto add = [&](const char* name, const Critic& critic) {
    ladder.rungs.push_back({name, critic_moments(process, critic, arena)});
  };
  const auto with = [&](Dense b) { return Critic{no_baseline(p), 1.0, p.discount, std::move(b)}; };
  add("reward-to-go", {no_baseline(p), 1.0, p.discount});
  add("reward-to-go, b = E G_t", {step_baseline(p, solution), 1.0, p.discount});
  add(alone, with(ladder.steps.best_alone()));
  add(best, with(ladder.steps.best()));
  add(best_of_each, with(ladder.steps.best_of_each()));
  add("reward-to-go, b = V(s)", {solution.V, 1.0, p.discount});
  add("critic V, lambda = 0", {solution.V, 0.0, p.discount});
  ladder.rungs.push_back({"all-action, exact Q", all_action_moments(process, arena)});
  return ladder;
}

/// delta is the default of the plugins.
std::vector<Rung> difference_rungs(const DecisionProblem& problem,
                                   const std::vector<double>& theta) {
  const Differences sides{problem.environment(), problem.policy(), problem.objective(), theta,
                          1e-2};
  const std::size_t d = theta.size();
  return {{"central differences, delta = 0.01, common noise", central_on_common_noise(sides), 2 * d,
           false},
          {"central differences, delta = 0.01, independent noise",
           central_on_independent_noise(sides), 2 * d, false},
          {"forward differences, delta = 0.01, common noise", forward_on_common_noise(sides), d + 1,
           false},
          {"forward differences, delta = 0.01, independent noise",
           forward_on_independent_noise(sides), d + 1, false}};
}

VarianceLadder ladder_of(const LinearGaussianProcess& process) {
  const RewardToGoMoments to_go = reward_to_go_moments(process);
  VarianceLadder ladder{reinforce_moments(process), to_go.steps, {}, std::nullopt};
  ladder.rungs = reinforce_rungs(ladder.reinforce);
  const auto add = [&](const char* name, ContributionMoments moments) {
    ladder.rungs.push_back({name, std::move(moments)});
  };
  const auto with = [&](const std::vector<GaussianForm>& targets) {
    return likelihood_ratio_moments(process, targets);
  };
  add("reward-to-go", to_go.without);
  add("reward-to-go, b = E G_t", with(to_go_above_mean(process)));
  add(alone, to_go.with_baselines(ladder.steps.best_alone()));
  add(best, to_go.with_baselines(ladder.steps.best()));
  add(best_of_each, to_go.with_baselines(ladder.steps.best_of_each()));
  add("reward-to-go, b = V(s)", with(to_go_above_value(process)));
  add("critic V, lambda = 0", with(temporal_differences(process)));
  add("all-action, exact Q", all_action_moments(process));
  add("pathwise", pathwise_moments(process));
  return ladder;
}

}  // namespace

double Rung::bias_norm(const std::vector<double>& gradient) const {
  double square = 0.0;
  for (std::size_t j = 0; j < gradient.size(); ++j)
    square += std::pow(moments.mean[j] - gradient[j], 2);
  return std::sqrt(square);
}

std::optional<VarianceLadder> variance_ladder(const DecisionProblem& problem,
                                              const std::vector<double>& theta, Arena& arena) {
  const Instance &environment = problem.environment(), &policy = problem.policy();
  if (FiniteProcess::supports(environment, policy))
    return ladder_of(FiniteProcess(environment, policy, problem.objective(), theta, arena), arena);
  if (!LinearGaussianProcess::supports(environment, policy)) return std::nullopt;
  VarianceLadder ladder =
      ladder_of(LinearGaussianProcess(environment, policy, problem.objective(), theta));
  for (Rung& rung : difference_rungs(problem, theta)) ladder.rungs.push_back(std::move(rung));
  return ladder;
}

}  // namespace seedbed
