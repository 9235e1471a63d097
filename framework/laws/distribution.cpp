#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/call.hpp"
#include "laws/policy.hpp"
#include "loader/registry.hpp"

namespace seedbed::contract {
namespace {

/// p(a, j) = pi_theta(a|s_j)
Block probabilities(const Instance& policy, const Theta& theta, const Acted& acted) {
  const auto& list =
      *static_cast<const seedbed_enumerate*>(policy.plugin().capability(SEEDBED_POLICY_ENUMERATE));
  Block p(list.actions(policy.self()), acted.t.size(), NAN);
  Scrambled scratch;
  call(policy, "probabilities", [&](seedbed_message* message) {
    return list.probabilities(policy.self(), theta.data(), acted.t.size(), acted.t.data(),
                              acted.observation, p, scratch.fresh(), message);
  });
  demand(p.guarded(), "nothing beyond the outputs is written", "probabilities did");
  return p;
}

/// body(theta, acted, p, where) at theta of every scale, in both situations.
template <class Body>
void enumerated(const PolicyTrial& trial, Body&& body) {
  for (const double scale : exact_scales(trial))
    for (const Situation& s : {ordinary_situation(trial), nasty_situation(trial)}) {
      const Theta theta = theta_of(trial, scale);
      const Acted acted = act(trial, theta, s);
      body(theta, acted, probabilities(trial.policy, theta, acted), [&](std::size_t j) {
        return fmt::format(" (theta of scale {}, sample {}:{})", scale, j,
                           column_text("observation", acted.observation, j));
      });
    }
}

Acted with_action(Acted acted, std::size_t a) {
  acted.action = Block(1, acted.t.size(), static_cast<double>(a));
  return acted;
}

void sum_to_one(const PolicyTrial& trial) {
  enumerated(trial, [](const Theta&, const Acted&, const Block& p, auto&& where) {
    for (std::size_t j = 0; j < p.size(); ++j) {
      double sum = 0.0;
      for (std::size_t a = 0; a < p.rows(); ++a) sum += p(a, j);
      if (!(std::abs(sum - 1.0) <= 1e-12))
        demand(false, "probabilities sum to 1", expected_got(1.0, sum) + where(j));
    }
  });
}

void are_those_of_log_prob(const PolicyTrial& trial) {
  enumerated(trial, [&](const Theta& theta, const Acted& acted, const Block& p, auto&& where) {
    for (std::size_t a = 0; a < p.rows(); ++a) {
      const std::vector<double> log_pi = log_prob(trial.policy, theta, with_action(acted, a));
      for (std::size_t j = 0; j < p.size(); ++j)
        if (p(a, j) > 1e-300 &&
            !(std::abs(log_pi[j] - std::log(p(a, j))) <= 1e-12 * (1.0 + std::abs(log_pi[j]))))
          demand(false, "log_prob is the log of the probability",
                 fmt::format("action {}: {}{}", a, expected_got(std::log(p(a, j)), log_pi[j]),
                             where(j)));
    }
  });
}

///   E_a[psi] = sum_a pi(a|s) grad log pi(a|s) = 0
/// Rationale: rounding of pi, 1e-16, meets scores that are as large as the observation.
void expected_score_is_zero(const PolicyTrial& trial) {
  enumerated(trial, [&](const Theta& theta, const Acted& acted, const Block& p, auto&& where) {
    const std::size_t d = theta.size();
    std::vector<double> mean(p.size() * d, 0.0), size(p.size() * d, 0.0);
    for (std::size_t a = 0; a < p.rows(); ++a) {
      const std::vector<double> psi = single_scores(trial.policy, theta, with_action(acted, a));
      for (std::size_t k = 0; k < psi.size(); ++k) {
        mean[k] += p(a, k / d) * psi[k];
        size[k] = std::max(size[k], std::abs(psi[k]));
      }
    }
    for (std::size_t k = 0; k < mean.size(); ++k)
      if (!(std::abs(mean[k]) <= 1e-12 * (1.0 + size[k])))
        demand(false, "the expected score is 0",
               fmt::format("component {}: {}{}", k % d, expected_got(0.0, mean[k]), where(k / d)));
  });
}

/// The actions of a grid in one state, wide enough that nothing is left outside.
struct Grid {
  Theta theta;
  Acted at;
  double h;
};

/// body(grid) for theta of several scales and two states.
template <class Body>
void integrated(const PolicyTrial& trial, Body&& body) {
  constexpr std::size_t points = 4001;
  for (const double scale : exact_scales(trial)) {
    const Theta theta = theta_of(trial, scale);
    const Acted acted = act(trial, theta, ordinary_situation(trial));
    for (const std::size_t sample : {std::size_t{0}, acted.t.size() - 1}) {
      Acted grid{std::vector<std::int64_t>(points, acted.t[sample]),
                 acted.observation.columns(std::vector<std::size_t>(points, sample)),
                 Block(1, points), Block(1, points)};
      // log pi falls without bound: how far out tells how wide to go.
      double reach = 1e-6;
      for (bool wide = false; !wide; reach *= 2.0) {
        demand(reach < 1e12, "the density integrates to 1", "it does not fall within 1e12");
        grid.action(0, 0) = acted.action(0, sample) - reach;
        grid.action(0, 1) = acted.action(0, sample) + reach;
        const std::vector<double> edge = log_prob(trial.policy, theta, grid);
        wide = std::max(edge[0], edge[1]) < acted.log_prob(0, sample) - 60.0;
      }
      const double h = 2.0 * reach / (points - 1);
      for (std::size_t j = 0; j < points; ++j)
        grid.action(0, j) = acted.action(0, sample) - reach + h * static_cast<double>(j);
      body(Grid{theta, grid, h});
    }
  }
}

/// The trapezoid rule over all reals, accurate to rounding for smooth densities.
Block masses(const PolicyTrial& trial, const Grid& grid) {
  const std::vector<double> log_pi = log_prob(trial.policy, grid.theta, grid.at);
  Block p(1, log_pi.size());
  for (std::size_t j = 0; j < log_pi.size(); ++j) p(0, j) = grid.h * std::exp(log_pi[j]);
  return p;
}

void integrates_to_one(const PolicyTrial& trial) {
  integrated(trial, [&](const Grid& grid) {
    const Block p = masses(trial, grid);
    double total = 0.0;
    for (std::size_t j = 0; j < p.size(); ++j) total += p(0, j);
    demand(std::abs(total - 1.0) <= 1e-8, "the density integrates to 1",
           expected_got(1.0, total) + column_text("observation", grid.at.observation, 0));
  });
}

void expected_score_integrates_to_zero(const PolicyTrial& trial) {
  integrated(trial, [&](const Grid& grid) {
    const Block p = masses(trial, grid);
    const std::vector<double> mean = score(trial.policy, grid.theta, grid.at, p, {{0}, {p.size()}});
    for (std::size_t i = 0; i < mean.size(); ++i)
      demand(std::abs(mean[i]) <= 1e-8 * (1.0 + 1.0 / grid.h), "the expected score is 0",
             fmt::format("component {}: {}", i, expected_got(0.0, mean[i])) +
                 column_text("observation", grid.at.observation, 0));
  });
}

}  // namespace

const Laws<PolicyTrial>& enumeration_laws() {
  static const Laws<PolicyTrial> laws = {
      {"probabilities-sum-to-1", sum_to_one},
      {"log-prob-is-the-log-of-the-probability", are_those_of_log_prob},
      {"the-expected-score-is-0", expected_score_is_zero}};
  return laws;
}

const Laws<PolicyTrial>& density_laws() {
  static const Laws<PolicyTrial> laws = {
      {"the-density-integrates-to-1", integrates_to_one},
      {"the-expected-score-integrates-to-0", expected_score_integrates_to_zero}};
  return laws;
}

}  // namespace seedbed::contract
