#include "oracle/variance_ladder.hpp"

#include "oracle/linear_quadratic_variance.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

namespace {

std::vector<Rung> reinforce_rungs(const ReinforceMoments& moments) {
  return {
      {"REINFORCE", moments.with_baseline(0.0)},
      {"REINFORCE, b = E R", moments.with_baseline(moments.J)},
      {"REINFORCE, best b", moments.with_baseline(moments.best_baseline())},
      {"REINFORCE, best b of each component", moments.with_baselines(moments.best_baselines())}};
}

VarianceLadder ladder_of(const FiniteProcess& process, Arena& arena) {
  VarianceLadder ladder{reinforce_moments(process, arena), {}};
  ladder.rungs = reinforce_rungs(ladder.reinforce);
  const TabularProblem& p = process.problem();
  const TabularSolution solution = solve(p);
  const auto add = [&](const char* name, const std::vector<double>& values, double lambda) {
    ladder.rungs.push_back({name, critic_moments(process, {values, lambda, p.discount}, arena)});
  };
  add("reward-to-go", no_baseline(p), 1.0);
  add("reward-to-go, b = E G_t", step_baseline(p, solution), 1.0);
  add("reward-to-go, b = V(s)", solution.V, 1.0);
  add("critic V, lambda = 0", solution.V, 0.0);
  ladder.rungs.push_back({"all-action, exact Q", all_action_moments(process, arena)});
  return ladder;
}

VarianceLadder ladder_of(const LinearGaussianProcess& process) {
  VarianceLadder ladder{reinforce_moments(process), {}};
  ladder.rungs = reinforce_rungs(ladder.reinforce);
  const auto add = [&](const char* name, const std::vector<GaussianForm>& targets) {
    ladder.rungs.push_back({name, likelihood_ratio_moments(process, targets)});
  };
  add("reward-to-go", to_go(process, std::vector<double>(process.H(), 0.0)));
  add("reward-to-go, b = E G_t", to_go_above_mean(process));
  add("reward-to-go, b = V(s)", to_go_above_value(process));
  add("critic V, lambda = 0", temporal_differences(process));
  ladder.rungs.push_back({"all-action, exact Q", all_action_moments(process)});
  ladder.rungs.push_back({"pathwise", pathwise_moments(process)});
  return ladder;
}

}  // namespace

std::optional<VarianceLadder> variance_ladder(const DecisionProblem& problem,
                                              const std::vector<double>& theta, Arena& arena) {
  const Instance &environment = problem.environment(), &policy = problem.policy();
  if (FiniteProcess::supports(environment, policy))
    return ladder_of(FiniteProcess(environment, policy, problem.objective(), theta, arena), arena);
  if (LinearGaussianProcess::supports(environment, policy))
    return ladder_of(LinearGaussianProcess(environment, policy, problem.objective(), theta));
  return std::nullopt;
}

}  // namespace seedbed
