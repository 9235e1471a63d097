#include "oracle/tabular_variance.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

#include "oracle/enumerated_path.hpp"
#include "oracle/spectrum.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

/// By the definition: g = sum_t y^t psi_t sum_{k>=t} (gamma lambda)^{k-t} delta_k.
std::vector<double> by_definition(const Path& path, const Critic& critic, const TabularProblem& p) {
  std::vector<double> g(path.psi[0].size(), 0.0);
  for (std::size_t t = 0; t < path.length(); ++t) {
    double A = 0.0;
    for (std::size_t k = t; k < path.length(); ++k) {
      const bool last = k + 1 == path.length();
      const std::size_t next = last ? path.final_state : path.s[k + 1];
      const double following = last && path.terminated ? 0.0 : critic.values[p.at(k + 1, next)];
      const double delta = path.r[k] + p.discount * following - critic.values[p.at(k, path.s[k])];
      A += std::pow(p.discount * critic.lambda, static_cast<double>(k - t)) * delta;
    }
    for (std::size_t j = 0; j < g.size(); ++j)
      g[j] += std::pow(critic.decay, static_cast<double>(t)) * path.psi[t][j] * A;
  }
  return g;
}

std::string text(double x) {
  std::ostringstream out;
  out.precision(17);
  out << x;
  return out.str();
}

void check_reinforce(const SmallProcess& process) {
  const ReinforceMoments moments = reinforce_moments(process.finite(), process.arena());
  CHECK_THAT(moments.J, WithinAbs(solve(process.finite().problem()).J, 1e-14));
  for (const double b : {0.0, moments.J, -1.25, moments.best_baseline()}) {
    const std::string toml = "baseline = { plugin = 'constant', value = " + text(b) + " }";
    check_same(moments.with_baseline(b), process.certify_contribution("reinforce", toml).gradient);
  }
}

void check_reward_to_go(const SmallProcess& process) {
  const TabularProblem& p = process.finite().problem();
  Critic critic{no_baseline(p), 1.0, p.discount};
  check_same(critic_moments(process.finite(), critic, process.arena()),
             process.certify_contribution("reward-to-go").gradient);
  std::string values;
  for (std::size_t t = 0; t < p.horizon; ++t) {
    const double b = 0.4 - 0.9 * static_cast<double>(t);
    for (std::size_t s = 0; s < p.model.states; ++s) critic.values[p.at(t, s)] = b;
    values += (t ? ", " : "") + text(b);
  }
  const std::string toml = "baseline = { plugin = 'constant', value = [" + values + "] }";
  check_same(critic_moments(process.finite(), critic, process.arena()),
             process.certify_contribution("reward-to-go", toml).gradient);
}

void check_critics(const SmallProcess& process) {
  const TabularProblem& p = process.finite().problem();
  for (const double lambda : {0.0, 0.6, 1.0})
    for (const double decay : {p.discount, 1.0, 0.5}) {
      const Critic critic{some_values(p), lambda, decay};
      check_same(
          critic_moments(process.finite(), critic, process.arena()),
          enumerate(process, [&](const Path& path) { return by_definition(path, critic, p); }));
    }
}

}  // namespace

TEST_CASE("the covariance of REINFORCE is that of all trajectories through the plugin") {
  check_reinforce(two_states(3));
  check_reinforce(two_states(5, 1.0));
}

TEST_CASE("the covariance of REINFORCE is that of all trajectories where episodes end early") {
  check_reinforce(ending(4));
  check_reinforce(ending(5, 1.0));
}

TEST_CASE("the covariance of reward-to-go is that of all trajectories through the plugin") {
  check_reward_to_go(two_states(4));
  check_reward_to_go(two_states(3, 1.0));
  check_reward_to_go(ending(5));
  check_reward_to_go(ending(4, 1.0));
}

TEST_CASE("the covariance of any critic, lambda and decay is that of all trajectories") {
  check_critics(two_states(4));
  check_critics(ending(5));
}

TEST_CASE("with lambda 1 and values that end at 0 a critic is reward-to-go with that baseline") {
  const SmallProcess process = ending(4);
  const TabularProblem& p = process.finite().problem();
  Critic critic{some_values(p), 1.0, p.discount};
  for (std::size_t s = 0; s < p.model.states; ++s) critic.values[p.at(p.horizon, s)] = 0.0;
  const auto reward_to_go = [&](const Path& path) {
    std::vector<double> g(4, 0.0);
    for (std::size_t t = 0; t < path.length(); ++t) {
      double G = 0.0;
      for (std::size_t k = path.length(); k-- > t;) G = path.r[k] + p.discount * G;
      for (std::size_t j = 0; j < 4; ++j)
        g[j] += std::pow(p.discount, static_cast<double>(t)) * path.psi[t][j] *
                (G - critic.values[p.at(t, path.s[t])]);
    }
    return g;
  };
  check_same(critic_moments(process.finite(), critic, process.arena()),
             enumerate(process, reward_to_go));
}

TEST_CASE("the covariance of the all-action gradient is that of all trajectories") {
  for (const SmallProcess& process : {two_states(4), ending(5), ending(3, 1.0)}) {
    const FiniteProcess& finite = process.finite();
    const TabularProblem& p = finite.problem();
    const TabularSolution solution = solve(p);
    const auto all_action = [&](const Path& path) {
      std::vector<double> g(4, 0.0);
      for (std::size_t t = 0; t < path.length(); ++t) {
        const StepScores scores(finite, t, process.arena());
        for (std::size_t a = 0; a < p.model.actions; ++a)
          add(std::pow(p.discount, static_cast<double>(t)) * p.pi[p.at(t, path.s[t], a)] *
                  solution.Q[p.at(t, path.s[t], a)],
              scores(path.s[t], a), g.data());
      }
      return g;
    };
    check_same(all_action_moments(finite, process.arena()), enumerate(process, all_action));
  }
}

TEST_CASE("the ladder's oracles take a lake of 256 parameters over 100 steps") {
  Configuration c;
  c.objective = {100, 0.99};
  c.environment = contract::setting(SEEDBED_ENVIRONMENT, "tabular", "model = 'FrozenLake-8x8.csv'");
  c.policy = contract::setting(SEEDBED_POLICY, "tabular-softmax");
  const DecisionProblem problem(c);
  Arena arena;
  const FiniteProcess lake(problem.environment(), problem.policy(), c.objective,
                           std::vector<double>(256, 0.0), arena);
  const TabularSolution solution = solve(lake.problem());
  const std::vector<double> gradient = lake.weighted_score(solution.weight, arena);
  const ReinforceMoments moments = reinforce_moments(lake, arena);
  const double decay = c.objective.discount;
  const ContributionMoments with_V = critic_moments(lake, {solution.V, 1.0, decay}, arena);
  const ContributionMoments without =
      critic_moments(lake, {no_baseline(lake.problem()), 1.0, decay}, arena);
  for (std::size_t j = 0; j < gradient.size(); ++j) {
    CHECK_THAT(moments.gradient[j], WithinAbs(gradient[j], 1e-15));
    CHECK_THAT(with_V.mean[j], WithinAbs(gradient[j], 1e-15));
    const double* row = &moments.F.data[j * 256];  // the scores of a state sum to 0
    const double* block = row + j / 4 * 4;
    CHECK_THAT(block[0] + block[1] + block[2] + block[3], WithinAbs(0.0, 1e-12));
  }
  CHECK(spectrum(moments.F).rank() == 3 * 53);  // for a state that no episode ends in
  CHECK(with_V.trace() < without.trace());
  CHECK(without.trace() < moments.with_baseline(0.0).trace());
}
