#include <catch2/catch.hpp>
#include <cmath>

#include "oracle/enumerated_path.hpp"
#include "oracle/tabular_variance.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

/// E f over every trajectory.
double expectation(const SmallProcess& process, const std::function<double(const Path&)>& f) {
  return enumerate(process,
                   [&](const Path& path) {
                     std::vector<double> g(path.psi[0].size(), 0.0);
                     g[0] = f(path);
                     return g;
                   })
      .mean()[0];
}

/// C_kj, with score 0 after the end.
double C(const Path& path, std::size_t k, std::size_t j) {
  double sum = 0.0;
  for (std::size_t t = 0; t <= k && t < path.length(); ++t) sum += path.psi[t][j];
  return sum;
}

/// gamma^k r_k, 0 after the end.
double reward(const Path& path, std::size_t k, double gamma) {
  return k < path.length() ? std::pow(gamma, static_cast<double>(k)) * path.r[k] : 0.0;
}

/// beta_kj = gamma^k b_kj - gamma^(k+1) b_k+1,j
Dense by_reward(const Dense& b, double gamma) {
  Dense beta(b.rows, b.columns);
  for (std::size_t k = 0; k < b.rows; ++k)
    for (std::size_t j = 0; j < b.columns; ++j)
      beta(k, j) = std::pow(gamma, static_cast<double>(k)) *
                   (b(k, j) - (k + 1 < b.rows ? gamma * b(k + 1, j) : 0.0));
  return beta;
}

/// A beta = c over the components that `counted` says, by enumeration of A and c.
void check_normal_equations(const SmallProcess& process, const Dense& b,
                            const std::vector<std::size_t>& counted) {
  const double gamma = process.finite().problem().discount;
  const Dense beta = by_reward(b, gamma);
  const std::size_t H = beta.rows;
  bool identical = true;
  for (std::size_t k = 0; k < H; ++k) {
    double left = 0.0;
    for (std::size_t l = 0; l < H; ++l)
      left += beta(l, counted[0]) * expectation(process, [&](const Path& path) {
                double product = 0.0;
                for (const std::size_t j : counted) product += C(path, k, j) * C(path, l, j);
                return product;
              });
    const double right = expectation(process, [&](const Path& path) {
      double product = 0.0;
      for (const std::size_t j : counted)
        for (std::size_t l = 0; l < H; ++l)
          product += C(path, k, j) * C(path, l, j) * reward(path, l, gamma);
      return product;
    });
    identical = identical && left == right;
    CHECK_THAT(left, WithinAbs(right, 1e-12));
  }
  CHECK(!identical);
}

ContributionMoments with(const SmallProcess& process, const Dense& b) {
  const TabularProblem& p = process.finite().problem();
  return critic_moments(process.finite(), {no_baseline(p), 1.0, p.discount, b}, process.arena());
}

}  // namespace

TEST_CASE("the covariance under baselines of steps and components is that of all trajectories") {
  for (const SmallProcess& process : {two_states(4), ending(5), ending(4, 1.0)}) {
    const TabularProblem& p = process.finite().problem();
    Critic critic{no_baseline(p), 0.7, p.discount, Dense(p.horizon, 4)};
    for (std::size_t k = 0; k < critic.values.size(); ++k)
      critic.values[k] = 0.3 - 0.17 * static_cast<double>(k * k % 11);
    for (std::size_t k = 0; k < critic.baselines.data.size(); ++k)
      critic.baselines.data[k] = 0.2 * static_cast<double>(k * k % 7) - 0.5;
    const auto by_definition = [&](const Path& path) {
      std::vector<double> g(4, 0.0);
      double A = 0.0;
      for (std::size_t t = path.length(); t-- > 0;) {
        const bool last = t + 1 == path.length();
        const std::size_t next = last ? path.final_state : path.s[t + 1];
        const double following = last && path.terminated ? 0.0 : critic.values[p.at(t + 1, next)];
        A = path.r[t] + p.discount * following - critic.values[p.at(t, path.s[t])] +
            0.7 * p.discount * A;
        for (std::size_t j = 0; j < 4; ++j)
          g[j] += std::pow(p.discount, static_cast<double>(t)) * path.psi[t][j] *
                  (A - critic.baselines(t, j));
      }
      return g;
    };
    check_same(critic_moments(process.finite(), critic, process.arena()),
               enumerate(process, by_definition));
  }
}

TEST_CASE("the best baselines of steps solve A beta = c, of all trajectories") {
  for (const SmallProcess& process : {two_states(4), ending(5), ending(4, 1.0)}) {
    const StepMoments moments = step_moments(process.finite(), process.arena());
    check_normal_equations(process, moments.best(), {0, 1, 2, 3});
    for (const std::size_t j : {0u, 1u, 2u, 3u})
      check_normal_equations(process, moments.best_of_each(), {j});
  }
}

TEST_CASE("Peters and Schaal's baselines are E C_kj^2 gamma^k r_k / E C_kj^2 of all trajectories") {
  for (const SmallProcess& process : {two_states(4), ending(5), ending(4, 1.0)}) {
    const double gamma = process.finite().problem().discount;
    const Dense b = step_moments(process.finite(), process.arena()).best_alone();
    const Dense beta = by_reward(b, gamma);
    for (std::size_t k = 0; k < b.rows; ++k)
      for (std::size_t j = 0; j < 4; ++j) {
        const auto square = [&](const Path& path) { return C(path, k, j) * C(path, k, j); };
        const double weighed = expectation(
            process, [&](const Path& path) { return square(path) * reward(path, k, gamma); });
        CHECK_THAT(beta(k, j), WithinAbs(weighed / expectation(process, square), 1e-12));
      }
  }
}

TEST_CASE("no baselines of steps have less variance than the best ones") {
  const SmallProcess process = ending(5);
  const StepMoments moments = step_moments(process.finite(), process.arena());
  const Dense best = moments.best(), each = moments.best_of_each();
  const double least = with(process, best).trace();
  const ContributionMoments least_of_each = with(process, each);
  CHECK(least_of_each.trace() < least);
  CHECK(least_of_each.trace() < with(process, moments.best_alone()).trace());
  for (std::size_t t = 0; t < 5; ++t)
    for (const double h : {-1e-3, 1e-3}) {
      Dense moved = best;
      for (std::size_t j = 0; j < 4; ++j) moved(t, j) += h;
      CHECK(with(process, moved).trace() > least);
      for (std::size_t j = 0; j < 4; ++j) {
        Dense moved_of_each = each;
        moved_of_each(t, j) += h;
        CHECK(with(process, moved_of_each).covariance(j, j) > least_of_each.covariance(j, j));
      }
    }
}

TEST_CASE("where a step has no score its baseline is 0, and the covariance is finite") {
  const SmallProcess process(
      "state,action,probability,next_state,reward,terminated\nstart,,1,0,,\n"
      "0,0,1,1,1,0\n0,1,1,1,2,0\n1,0,1,1,5,0\n1,1,1,1,5,0\n",
      {3, 0.9}, {0.5, -0.5, 0.0, 0.3});
  const StepMoments moments = step_moments(process.finite(), process.arena());
  const Dense each = moments.best_of_each(), alone = moments.best_alone();
  CHECK(each(0, 2) == 0.0);  // state 1 is not there yet
  CHECK(each(1, 0) == 0.0);  // state 0 is there no more
  CHECK(alone(0, 2) == 0.9 * alone(1, 2));
  CHECK(std::isfinite(with(process, each).trace()));
  CHECK(std::isfinite(with(process, alone).trace()));
}
