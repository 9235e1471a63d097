#include <fmt/format.h>

#include <cmath>

#include "engine/call.hpp"
#include "laws/policy.hpp"
#include "loader/registry.hpp"

namespace seedbed::contract {
namespace {

const seedbed_policy_pathwise& pathwise_of(const Instance& policy) {
  return *static_cast<const seedbed_policy_pathwise*>(
      policy.plugin().capability(SEEDBED_POLICY_PATHWISE));
}

Block observation_bar(const Instance& policy, const Theta& theta, const Situation& s,
                      const Block& bar) {
  Block out(s.observation.rows(), s.t.size(), NAN);
  Scrambled scratch;
  call(policy, "pull_back", [&](seedbed_message* message) {
    return pathwise_of(policy).pull_back(policy.self(), theta.data(), s.t.size(), s.t.data(),
                                         s.observation, s.uniform, s.normal, bar, out,
                                         scratch.fresh(), message);
  });
  demand(out.guarded(), "nothing beyond the outputs is written", "pull_back did");
  return out;
}

/// One segment of all samples.
Block theta_bar(const Instance& policy, const Theta& theta, const Situation& s, const Block& bar) {
  Block out(1, theta.size(), NAN);
  const std::uint64_t begin = 0, length = s.t.size();
  const seedbed_segments all{1, &begin, &length};
  Scrambled scratch;
  call(policy, "pull_back_to_theta", [&](seedbed_message* message) {
    return pathwise_of(policy).pull_back_to_theta(policy.self(), theta.data(), s.t.size(),
                                                  s.t.data(), s.observation, s.uniform, s.normal,
                                                  bar, &all, out.row(0), scratch.fresh(), message);
  });
  demand(out.guarded(), "nothing beyond the outputs is written", "pull_back_to_theta did");
  return out;
}

/// sum_i bar_ij a_ij of each sample.
std::vector<double> scalar(const PolicyTrial& trial, const Theta& theta, const Situation& s,
                           const Block& bar) {
  const Acted acted = act(trial, theta, s);
  std::vector<double> f(s.t.size(), 0.0);
  for (std::size_t j = 0; j < f.size(); ++j)
    for (std::size_t i = 0; i < bar.rows(); ++i) f[j] += bar(i, j) * acted.action(i, j);
  return f;
}

/// The fourth-order central difference of each sample's scalar; f(x) moves something by x.
template <class F>
std::vector<double> slopes(F&& f) {
  constexpr double h = 1e-3;
  const std::vector<double> a = f(h), b = f(-h), c = f(2 * h), d = f(-2 * h);
  std::vector<double> slope(a.size());
  for (std::size_t j = 0; j < a.size(); ++j)
    slope[j] = (8.0 * (a[j] - b[j]) - (c[j] - d[j])) / (12.0 * h);
  return slope;
}

constexpr const char* slope_law = "pull_back is the central difference of act";

void check_observations(const PolicyTrial& trial, const Theta& theta, const Situation& s,
                        const Block& bar) {
  const Block got = observation_bar(trial.policy, theta, s, bar);
  demand_same(got, observation_bar(trial.policy, theta, s, bar), "same inputs give the same bits",
              "observation_bar of pull_back");
  for (std::size_t i = 0; i < got.rows(); ++i) {
    const std::vector<double> slope = slopes([&](double by) {
      Situation moved = s;
      for (std::size_t j = 0; j < s.t.size(); ++j) moved.observation(i, j) += by;
      return scalar(trial, theta, moved, bar);
    });
    for (std::size_t j = 0; j < slope.size(); ++j)
      demand(std::abs(got(i, j) - slope[j]) <= 1e-7 * (1.0 + std::abs(slope[j])), slope_law,
             fmt::format("observation_bar {} of sample {}: {}{}", i, j,
                         expected_got(slope[j], got(i, j)),
                         column_text("observation", s.observation, j)));
  }
}

}  // namespace

void policy_pathwise_laws(const PolicyTrial& trial) {
  const Theta theta = theta_of(trial, 1.0);
  const Situation s = ordinary_situation(trial);
  Source source(trial.seed + 7);
  const Block bar = source.normals(trial.context.action->size, s.t.size());
  check_observations(trial, theta, s, bar);
  const Block got = theta_bar(trial.policy, theta, s, bar);
  demand_same(got, theta_bar(trial.policy, theta, s, bar), "same inputs give the same bits",
              "pull_back_to_theta");
  for (std::size_t i = 0; i < theta.size(); ++i) {
    double expected = 0.0, size = 0.0;
    for (const double slope : slopes([&](double by) {
           Theta moved = theta;
           moved[i] += by;
           return scalar(trial, moved, s, bar);
         })) {
      expected += slope;
      size += std::abs(slope);
    }
    demand(std::abs(got(0, i) - expected) <= 1e-7 * (1.0 + size), slope_law,
           fmt::format("component {} of theta: {}", i, expected_got(expected, got(0, i))));
  }
}

}  // namespace seedbed::contract
