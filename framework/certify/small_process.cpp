#include "certify/small_process.hpp"

#include <cmath>
#include <seedbed/error.hpp>

#include "oracle/enumeration.hpp"
#include "oracle/noise_certificate.hpp"
#include "oracle/population.hpp"

namespace seedbed {

namespace {

/// Tuples of trajectories, and the work over all noise (NoiseStudy), for one number of episodes.
constexpr std::size_t most_batches = 1 << 16, most_work = 3 << 14;

const Configuration& only_cell(const Suite& suite) {
  if (suite.stages.size() != 1 || suite.stages[0].kind != StageKind::gradient ||
      suite.stages[0].cells.size() != 1)
    throw Error(suite.title + ": expected a suite with one gradient stage and no sweep");
  const Configuration& configuration = suite.stages[0].cells[0].configuration;
  if (configuration.theta.empty()) throw Error(suite.title + ": expected a theta");
  return configuration;
}

Configuration with_episodes(Configuration configuration, std::size_t N) {
  configuration.episodes = N;
  return configuration;
}

/// Where an earlier iteration was: a little aside, in every direction another way.
std::vector<double> aside(std::vector<double> theta) {
  for (std::size_t j = 0; j < theta.size(); ++j) theta[j] += j % 2 == 0 ? 0.125 : -0.25;
  return theta;
}

}  // namespace

std::size_t SmallProcess::largest_N(const Suite& suite) {
  return only_cell(suite).episodes;
}

SmallProcess::SmallProcess(const Suite& suite, std::size_t N)
    : configuration_(with_episodes(only_cell(suite), N)),
      problem_(configuration_),
      estimator_(configuration_.estimators.at(0), problem_),
      N_(N),
      theta_(configuration_.theta) {}

VarianceLadder SmallProcess::ladder() {
  auto ladder = variance_ladder(problem_, theta_, arena_);
  if (!ladder)
    throw Error(problem_.environment().plugin().title() + " with " +
                problem_.policy().plugin().title() +
                ": certify: expected a process whose gradient is known");
  return std::move(*ladder);
}

/// Whether its batches are tuples of trajectories, to be listed one by one.
bool SmallProcess::is_plain() const {
  return !estimator_.plans() && estimator_.info.needs == 0 &&
         FiniteProcess::supports(problem_.environment(), problem_.policy());
}

FiniteProcess SmallProcess::finite_at(const std::vector<double>& theta) {
  return {problem_.environment(), problem_.policy(), problem_.objective(), theta, arena_};
}

std::optional<Certificate> SmallProcess::certify(const std::vector<double>& theta,
                                                 const std::vector<double>& state,
                                                 const std::vector<double>& earlier_theta) {
  if (is_plain() && earlier_theta.empty()) {
    const FiniteProcess process = finite_at(theta);
    const double batches = std::pow(count_trajectories(process), static_cast<double>(N_));
    if (batches > static_cast<double>(most_batches)) return std::nullopt;
    return seedbed::certify(estimator_.instance, process, N_, state, arena_);
  }
  return certify_over_noise(
      {estimator_.instance, problem_, theta, N_, state, earlier_theta, most_work}, arena_);
}

std::optional<Certificate> SmallProcess::certify(bool later) {
  if (!later) return certify(theta_, estimator_.state, {});
  if (estimator_.info.coupling == SEEDBED_CROSS_ITERATION)
    return certify(theta_, estimator_.state, aside(theta_));
  const auto state = state_after_a_batch(
      {estimator_.instance, problem_, theta_, N_, estimator_.state, {}, most_work}, arena_);
  return state ? certify(theta_, *state, {}) : std::nullopt;
}

std::optional<Certificate> SmallProcess::certify_at(const std::vector<double>& theta) {
  return certify(theta, estimator_.state, {});
}

std::optional<std::vector<double>> SmallProcess::bias_at_population(std::size_t copies) {
  constexpr std::size_t most = 1024;
  if (!is_plain()) return std::nullopt;
  const FiniteProcess process = finite_at(theta_);
  std::optional<Recording> all = population(process, copies, most);
  if (!all) return std::nullopt;
  std::vector<double> bias =
      estimate(estimator_.instance, all->view(), theta_, estimator_.state, false, arena_).gradient;
  const Objective& o = objective();
  const auto truth =
      exact(problem_.environment(), problem_.policy(), o.horizon, o.discount, theta_, arena_);
  for (std::size_t j = 0; j < bias.size(); ++j) bias[j] -= truth->gradient[j];
  return bias;
}

}  // namespace seedbed
