#include "oracle/variance_sources.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "oracle/path_tree.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

/// The closed form is what the tree says, and another computation.
void check_same(const VarianceSources& exact, const Dense& tree) {
  bool identical = true;
  const auto check = [&](double x, double expected) {
    identical = identical && x == expected;
    CHECK_THAT(x, WithinAbs(expected, 1e-11));
  };
  REQUIRE(tree.rows == 1 + 2 * exact.action.rows);
  for (std::size_t j = 0; j < tree.columns; ++j) {
    check(exact.initial[j], tree(0, j));
    for (std::size_t t = 0; t < exact.action.rows; ++t) {
      check(exact.action(t, j), tree(1 + 2 * t, j));
      check(exact.transition(t, j), tree(2 + 2 * t, j));
    }
  }
  CHECK(!identical);
}

/// g = sum_t psi_t y^t sum_{k>=t} (gamma lambda)^{k-t} delta_k
Contribution by_critic(const TabularProblem& p, const Critic& critic) {
  return [&p, critic](const Path& path) {
    std::vector<double> g(path.psi[0].size(), 0.0);
    double A = 0.0;
    for (std::size_t t = path.length(); t-- > 0;) {
      const bool last = t + 1 == path.length();
      const std::size_t next = last ? path.final_state : path.s[t + 1];
      const double value = last && path.terminated ? 0.0 : critic.values[p.at(t + 1, next)];
      A = path.r[t] + p.discount * value - critic.values[p.at(t, path.s[t])] +
          p.discount * critic.lambda * A;
      for (std::size_t j = 0; j < g.size(); ++j)
        g[j] = g[j] + std::pow(critic.decay, static_cast<double>(t)) * path.psi[t][j] * A;
    }
    return g;
  };
}

Contribution by_reinforce(const TabularProblem& p, double b) {
  return [&p, b](const Path& path) {
    double R = 0.0;
    for (std::size_t t = path.length(); t-- > 0;) R = path.r[t] + p.discount * R;
    std::vector<double> g(path.psi[0].size(), 0.0);
    for (const auto& psi : path.psi)
      for (std::size_t j = 0; j < g.size(); ++j) g[j] += psi[j] * (R - b);
    return g;
  };
}

Contribution by_all_action(const SmallProcess& process, const TabularSolution& solution) {
  return [&](const Path& path) {
    const TabularProblem& p = process.finite().problem();
    std::vector<double> g(process.finite().theta().size(), 0.0);
    for (std::size_t t = 0; t < path.length(); ++t) {
      const StepScores scores(process.finite(), t, process.arena());
      for (std::size_t a = 0; a < p.model.actions; ++a)
        add(std::pow(p.discount, static_cast<double>(t)) * p.pi[p.at(t, path.s[t], a)] *
                solution.Q[p.at(t, path.s[t], a)],
            scores(path.s[t], a), g.data());
    }
    return g;
  };
}

/// Gives whether the two sums are the same bits: they are two computations.
bool check_sum(const VarianceSources& sources, const ContributionMoments& moments) {
  CHECK_THAT(sources.total(), WithinAbs(moments.trace(), 1e-12 * moments.trace()));
  bool identical = true;
  for (std::size_t j = 0; j < moments.mean.size(); ++j) {
    double sum = sources.initial[j];
    for (std::size_t t = 0; t < sources.action.rows; ++t)
      sum += sources.action(t, j) + sources.transition(t, j);
    CHECK_THAT(sum, WithinAbs(moments.covariance(j, j), 1e-12 * moments.trace()));
    identical = identical && sum == moments.covariance(j, j);
  }
  return identical;
}

}  // namespace

TEST_CASE("the sources of a critic, any lambda and decay, are those of the tree of all paths") {
  for (const SmallProcess& process : {two_states(4), ending(5), ending(3, 1.0)}) {
    const TabularProblem& p = process.finite().problem();
    for (const double lambda : {0.0, 0.6, 1.0})
      for (const double decay : {p.discount, 1.0, 0.5}) {
        const Critic critic{some_values(p), lambda, decay};
        check_same(critic_sources(process.finite(), critic, process.arena()),
                   parts_on_tree(process, by_critic(p, critic)));
      }
  }
}

TEST_CASE("the sources of REINFORCE under a constant baseline are those of the tree of all paths") {
  for (const SmallProcess& process : {two_states(4), ending(5), ending(3, 1.0)}) {
    const TabularProblem& p = process.finite().problem();
    for (const double b : {0.0, -0.4, 1.75})
      check_same(reinforce_sources(process.finite(), b, process.arena()),
                 parts_on_tree(process, by_reinforce(p, b)));
  }
}

TEST_CASE("the sources of the all-action gradient are those of the tree of all paths") {
  for (const SmallProcess& process : {two_states(4), ending(5), ending(3, 1.0)}) {
    const TabularSolution solution = solve(process.finite().problem());
    check_same(all_action_sources(process.finite(), process.arena()),
               parts_on_tree(process, by_all_action(process, solution)));
  }
}

TEST_CASE("the sources sum to the exact variance, component by component") {
  bool identical = true;  // all of them: then it would be one computation
  const auto check = [&](const VarianceSources& sources, const ContributionMoments& moments) {
    identical = check_sum(sources, moments) && identical;
  };
  for (const SmallProcess& process : {two_states(30), ending(25)}) {
    const FiniteProcess& finite = process.finite();
    const TabularProblem& p = finite.problem();
    Arena& arena = process.arena();
    for (const double lambda : {0.3, 1.0}) {
      const Critic critic{some_values(p), lambda, p.discount};
      check(critic_sources(finite, critic, arena), critic_moments(finite, critic, arena));
    }
    check(reinforce_sources(finite, 0.7, arena),
          reinforce_moments(finite, arena).with_baseline(0.7));
    check(all_action_sources(finite, arena), all_action_moments(finite, arena));
  }
  CHECK(!identical);
}

TEST_CASE("causality and a state baseline change the parts of the actions and nothing else") {
  const SmallProcess process = ending(8);
  const auto ladder =
      *sources_of_ladder(process.problem(), process.finite().theta(), process.arena());
  const VarianceSources &reinforce = ladder[0].sources, &to_go = ladder[1].sources,
                        &with_V = ladder[2].sources;
  for (const VarianceSources* other : {&reinforce, &with_V})
    for (std::size_t j = 0; j < 4; ++j) {
      CHECK_THAT(other->initial[j], WithinAbs(to_go.initial[j], 1e-14));
      for (std::size_t t = 0; t < 8; ++t)
        CHECK_THAT(other->transition(t, j), WithinAbs(to_go.transition(t, j), 1e-14));
    }
  for (std::size_t t = 0; t < 8; ++t) {
    CHECK(row_sum(to_go.transition, t) > 0.0);
    CHECK(row_sum(with_V.action, t) != Approx(row_sum(to_go.action, t)));
    if (t > 0) CHECK(row_sum(to_go.action, t) != Approx(row_sum(reinforce.action, t)));
  }
  CHECK(with_V.total() < 0.8 * to_go.total());  // though some single steps' parts grow
}

TEST_CASE("the all-action gradient keeps the action's choice of the next state, until the last") {
  const SmallProcess process = ending(6);
  const VarianceSources sources = all_action_sources(process.finite(), process.arena());
  for (std::size_t t = 0; t < 5; ++t) CHECK(row_sum(sources.action, t) > 1e-4);
  CHECK(row_sum(sources.action, 5) == 0.0);
  CHECK(row_sum(sources.transition, 5) == 0.0);
}

TEST_CASE("what is certain is no source: one start, one outcome, one action") {
  const SmallProcess process(
      "state,action,probability,next_state,reward,terminated\nstart,,1,0,,\n"
      "0,0,1,1,1,0\n0,1,1,0,2,0\n1,0,1,0,5,0\n1,1,1,1,-1,0\n",
      {5, 0.9}, {0.5, -0.5, 0.0, 0.3});
  const VarianceSources sources = reinforce_sources(process.finite(), 0.0, process.arena());
  for (const double part : sources.initial) CHECK(part == 0.0);
  for (std::size_t t = 0; t < 5; ++t) {
    CHECK(row_sum(sources.transition, t) == 0.0);
    CHECK(row_sum(sources.action, t) > 0.0);
  }
}
