#include "oracle/tabular.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

struct Outcome {
  std::uint64_t state, action;
  double probability;
  std::uint64_t next;
  double reward, terminated;
};

/// A process that owns its arrays, with a softmax policy theta[s][a].
struct Process {
  Process(std::uint64_t states, std::uint64_t actions, std::vector<double> initial_,
          const std::vector<Outcome>& outcomes)
      : initial(std::move(initial_)) {
    for (const Outcome& o : outcomes) {
      state.push_back(o.state);
      action.push_back(o.action);
      next.push_back(o.next);
      probability.push_back(o.probability);
      reward.push_back(o.reward);
      terminated.push_back(o.terminated);
    }
    model.states = states;
    model.actions = actions;
    model.rows = outcomes.size();
    model.state = state.data();
    model.action = action.data();
    model.next = next.data();
    model.probability = probability.data();
    model.reward = reward.data();
    model.terminated = terminated.data();
    model.initial = initial.data();
  }
  Process(const Process&) = delete;

  TabularProblem problem(const std::vector<double>& theta, std::uint64_t H, double gamma) const {
    TabularProblem p{model, {}, H, gamma};
    for (std::size_t t = 0; t < H; ++t)
      for (std::size_t s = 0; s < model.states; ++s) {
        double total = 0.0;
        const double* preference = theta.data() + s * model.actions;
        for (std::size_t a = 0; a < model.actions; ++a) total += std::exp(preference[a]);
        for (std::size_t a = 0; a < model.actions; ++a)
          p.pi.push_back(std::exp(preference[a]) / total);
      }
    return p;
  }
  double J(const std::vector<double>& theta, std::uint64_t H, double gamma) const {
    return solve(problem(theta, H, gamma)).J;
  }
  ///   psi(s,a) in theta(s,b) = [a = b] - pi(b|s)
  std::vector<double> gradient(const std::vector<double>& theta, std::uint64_t H,
                               double gamma) const {
    const TabularProblem p = problem(theta, H, gamma);
    const TabularSolution solution = solve(p);
    std::vector<double> g(theta.size(), 0.0);
    for (std::size_t t = 0; t < H; ++t)
      for (std::size_t s = 0; s < model.states; ++s)
        for (std::size_t a = 0; a < model.actions; ++a)
          for (std::size_t b = 0; b < model.actions; ++b)
            g[s * model.actions + b] +=
                solution.weight[p.at(t, s, a)] * ((a == b ? 1.0 : 0.0) - p.pi[p.at(t, s, b)]);
    return g;
  }

  seedbed_tabular_model model{};
  std::vector<std::uint64_t> state, action, next;
  std::vector<double> probability, reward, terminated, initial;
};

/// D2 of the design's constants.
const Process two_states_model(2, 2, {0.5, 0.5},
                               {{0, 0, 0.70, 0, -0.45, 0},
                                {0, 0, 0.30, 1, -0.45, 0},
                                {0, 1, 0.99, 0, -0.10, 0},
                                {0, 1, 0.01, 1, -0.10, 0},
                                {1, 0, 0.20, 0, 0.50, 0},
                                {1, 0, 0.80, 1, 0.50, 0},
                                {1, 1, 0.99, 0, 0.50, 0},
                                {1, 1, 0.01, 1, 0.50, 0}});
const std::vector<double> theta{0.5, -0.5, 0.0, 0.3};

/// Ends with probability .4 after (0, 1) and always after (1, 1).
const Process ending_model(2, 2, {0.75, 0.25},
                           {{0, 0, 0.5, 0, 1.0, 0},
                            {0, 0, 0.5, 1, -1.0, 0},
                            {0, 1, 0.6, 1, 0.25, 0},
                            {0, 1, 0.4, 1, 2.0, 1},
                            {1, 0, 1.0, 0, -0.5, 0},
                            {1, 1, 1.0, 0, 3.0, 1}});

void check_central_difference(const Process& process, std::uint64_t H, double gamma) {
  constexpr double h = 1e-5;
  const std::vector<double> gradient = process.gradient(theta, H, gamma);
  for (std::size_t j = 0; j < theta.size(); ++j) {
    std::vector<double> up = theta, down = theta;
    up[j] += h;
    down[j] -= h;
    const double difference = (process.J(up, H, gamma) - process.J(down, H, gamma)) / (2.0 * h);
    CHECK(gradient[j] != difference);  // two computations, not one
    CHECK_THAT(gradient[j], WithinAbs(difference, 1e-9));
  }
}

}  // namespace

TEST_CASE("the two-state process has its published value and gradient over 3 steps") {
  CHECK_THAT(two_states_model.J(theta, 3, 0.9), WithinAbs(-0.139271522933, 1e-12));
  const std::vector<double> gradient = two_states_model.gradient(theta, 3, 0.9);
  CHECK_THAT(gradient[0], WithinAbs(-0.0674312155, 5.1e-11));
  CHECK_THAT(gradient[1], WithinAbs(+0.0674312155, 5.1e-11));
  CHECK_THAT(gradient[2], WithinAbs(+0.1207283279, 5.1e-11));
  CHECK_THAT(gradient[3], WithinAbs(-0.1207283279, 5.1e-11));
}

TEST_CASE("the two-state process has its published value and gradient over 10 steps") {
  CHECK_THAT(two_states_model.J(theta, 10, 0.9), WithinAbs(-0.6672809382, 5.1e-11));
  const std::vector<double> gradient = two_states_model.gradient(theta, 10, 0.9);
  CHECK_THAT(gradient[0], WithinAbs(-0.1051252992, 5.1e-11));
  CHECK_THAT(gradient[2], WithinAbs(+0.3042064407, 5.1e-11));
}

TEST_CASE("the tabular gradient is the central difference of J") {
  check_central_difference(two_states_model, 3, 0.9);
  check_central_difference(two_states_model, 10, 1.0);
}

TEST_CASE("the tabular gradient is the central difference of J where episodes end early") {
  check_central_difference(ending_model, 4, 0.9);
  check_central_difference(ending_model, 4, 1.0);
}

TEST_CASE("a terminated transition gives its reward and no continuation") {
  const TabularProblem p = ending_model.problem(theta, 2, 0.9);
  const TabularSolution solution = solve(p);
  CHECK(solution.Q[p.at(1, 1, 1)] == 3.0);
  CHECK(solution.Q[p.at(0, 1, 1)] == 3.0);
  const double following = 0.9 * solution.V[p.at(1, 1)];
  CHECK_THAT(solution.Q[p.at(0, 0, 1)], WithinAbs(0.6 * (0.25 + following) + 0.4 * 2.0, 1e-15));
}

TEST_CASE("the state distribution sums to the probability of not having ended") {
  const TabularProblem p = ending_model.problem(theta, 2, 1.0);
  const TabularSolution solution = solve(p);
  CHECK(solution.d[0] + solution.d[1] == 1.0);
  const double ended = 0.75 * p.pi[p.at(0, 0, 1)] * 0.4 + 0.25 * p.pi[p.at(0, 1, 1)];
  CHECK_THAT(solution.d[p.at(1, 0)] + solution.d[p.at(1, 1)], WithinAbs(1.0 - ended, 1e-15));
}

TEST_CASE("the two-armed bandit has gradient p (1 - p) (r_1 - r_0)") {
  const Process bandit(1, 2, {1.0}, {{0, 0, 1.0, 0, 0.3, 1}, {0, 1, 1.0, 0, 1.7, 1}});
  const double p = 1.0 / (1.0 + std::exp(0.4));  // of arm 1
  const std::vector<double> gradient = bandit.gradient({0.4, 0.0}, 1, 1.0);
  CHECK_THAT(gradient[1], WithinAbs(p * (1.0 - p) * 1.4, 1e-15));
  CHECK_THAT(gradient[0], WithinAbs(-p * (1.0 - p) * 1.4, 1e-15));
}
