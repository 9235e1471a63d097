#include <fmt/format.h>

#include <cmath>

#include "engine/call.hpp"
#include "laws/environment.hpp"
#include "loader/registry.hpp"

namespace seedbed::contract {
namespace {

struct Bars {
  Block state, observation, reward;  ///< by the outputs of step
};
struct PulledBack {
  Block state, action;  ///< by its inputs
};

PulledBack pull_back(const Instance& e, const Block& state, const Inputs& in, const Bars& bars) {
  const auto& functions = *static_cast<const seedbed_environment_pathwise*>(
      e.plugin().capability(SEEDBED_ENVIRONMENT_PATHWISE));
  const std::size_t n = state.size();
  PulledBack out{Block(state.rows(), n, NAN), Block(in.action.rows(), n, NAN)};
  Scrambled scratch;
  call(e, "pull_back", [&](seedbed_message* message) {
    return functions.pull_back(e.self(), n, state, in.action, in.uniform, in.normal, bars.state,
                               bars.observation, bars.reward.row(0), out.state, out.action,
                               scratch.fresh(), message);
  });
  demand(out.state.guarded() && out.action.guarded(), "nothing beyond the outputs is written",
         "pull_back did");
  return out;
}

/// The scalar of each lane that the bars are the derivatives of.
std::vector<double> scalar(const Instance& e, const Block& state, const Inputs& in,
                           const Bars& bars) {
  const Lanes after = step(e, state, in);
  std::vector<double> f(state.size(), 0.0);
  for (std::size_t j = 0; j < f.size(); ++j) {
    for (std::size_t i = 0; i < bars.state.rows(); ++i)
      f[j] += bars.state(i, j) * after.state(i, j);
    for (std::size_t i = 0; i < bars.observation.rows(); ++i)
      f[j] += bars.observation(i, j) * after.observation(i, j);
    f[j] += bars.reward(0, j) * after.reward(0, j);
  }
  return f;
}

/// (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12 h in each lane, along row i of `moved`.
void check_row(const Instance& e, Block& state, Inputs& in, const Bars& bars, Block& moved,
               std::size_t i, const Block& got, const char* name) {
  const Block at = moved;
  constexpr double h = 1e-3;
  const auto f = [&](double by) {
    for (std::size_t j = 0; j < moved.size(); ++j)
      moved(i, j) = at(i, j) + by * std::max(1.0, std::abs(at(i, j)));
    const std::vector<double> value = scalar(e, state, in, bars);
    moved = at;
    return value;
  };
  const std::vector<double> a = f(h), b = f(-h), c = f(2 * h), d = f(-2 * h);
  for (std::size_t j = 0; j < at.size(); ++j) {
    const double unit = h * std::max(1.0, std::abs(at(i, j)));
    const double slope = (8.0 * (a[j] - b[j]) - (c[j] - d[j])) / (12.0 * unit);
    const double size = 1.0 + std::abs(slope) + 1e-6 * std::abs(a[j]) / unit;
    demand(std::abs(got(i, j) - slope) <= 1e-6 * size,
           "pull_back is the central difference of step",
           fmt::format("{} {} of lane {}: {} ({}{})", name, i, j, expected_got(slope, got(i, j)),
                       column_text("state", state, j), column_text("action", in.action, j)));
  }
}

}  // namespace

void environment_pathwise_laws(const EnvironmentTrial& trial) {
  const Instance& e = trial.environment;
  const Walked w = walk({e, trial.seed, 3});
  Block state = w.state.back();
  Inputs in = w.in.back();
  const std::size_t n = state.size();
  Source source(trial.seed + 2);
  const Bars bars{source.normals(state.rows(), n), source.normals(w.first.observation.rows(), n),
                  source.normals(1, n)};
  const PulledBack got = pull_back(e, state, in, bars);
  const PulledBack again = pull_back(e, state, in, bars);
  demand_same(got.state, again.state, "same inputs give the same bits", "state_bar of pull_back");
  demand_same(got.action, again.action, "same inputs give the same bits",
              "action_bar of pull_back");
  for (std::size_t i = 0; i < state.rows(); ++i)
    check_row(e, state, in, bars, state, i, got.state, "state_bar");
  for (std::size_t i = 0; i < in.action.rows(); ++i)
    check_row(e, state, in, bars, in.action, i, got.action, "action_bar");
}

}  // namespace seedbed::contract
