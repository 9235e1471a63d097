#include "engine/gradient_study.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "diagnostics/measured.hpp"
#include "engine/statistics.hpp"

namespace seedbed {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<std::unique_ptr<EstimatorInUse>> create_estimators(const Configuration& configuration,
                                                               const DecisionProblem& problem) {
  std::vector<std::unique_ptr<EstimatorInUse>> estimators;
  for (const Setting& setting : configuration.estimators)
    estimators.push_back(std::make_unique<EstimatorInUse>(setting, problem));
  return estimators;
}

std::uint32_t needs_of(const std::vector<std::unique_ptr<EstimatorInUse>>& estimators) {
  std::uint32_t needs = 0;
  for (const auto& estimator : estimators) needs |= estimator->info.needs;
  return needs;
}

std::vector<WithinVariance> rules_for(
    const std::vector<std::unique_ptr<EstimatorInUse>>& estimators, bool antithetic,
    const BatchShape& shape) {
  std::vector<WithinVariance> rules;
  for (const auto& estimator : estimators) rules.emplace_back(*estimator, antithetic, shape);
  return rules;
}

/// At most 32 batches of M are jackknifed, evenly spread, and so few that it takes no more calls
/// than the stage itself, but two.
std::uint64_t jackknife_every(std::uint64_t M) {
  const std::uint64_t wanted = std::clamp<std::uint64_t>(M / WithinVariance::groups, 2, 32);
  return std::max<std::uint64_t>(1, M / wanted);
}

}  // namespace

GradientStudy::GradientStudy(const Configuration& configuration, const Noise& noise)
    : problem_(configuration),
      noise_(noise),
      theta_(initial_theta(problem_, configuration.theta, noise)),
      estimators_(create_estimators(configuration, problem_)),
      sampler_(problem_, configuration.episodes, needs_of(estimators_), configuration.antithetic),
      within_(rules_for(estimators_, configuration.antithetic, sampler_.shape())),
      scores_(problem_.policy(), theta_),
      jackknife_every_(jackknife_every(configuration.iterations)),
      evaluations_(estimators_.size()) {}

void GradientStudy::step(std::uint64_t number) {
  bool shared = false;  // the batch in the recording is the plain one: N episodes under theta
  entropy_ = Measured::none;
  for (std::size_t e = 0; e < estimators_.size(); ++e) {
    const bool plans = estimators_[e]->plans();
    if (!shared || plans) sample(*estimators_[e], static_cast<std::uint32_t>(number));
    shared = !plans;
    evaluate(e, number % jackknife_every_ == 0);
  }
}

void GradientStudy::sample(const EstimatorInUse& estimator, std::uint32_t iteration) {
  const auto start = Clock::now();
  batch_ = sampler_.sample(estimator, theta_, noise_, iteration);
  sampling_seconds_ = seconds_since(start);
  if (estimator.plans() || !std::isnan(entropy_)) return;
  entropy_ = entropy_of(batch_);
  scores_.add(batch_, sampler_.arena());
}

void GradientStudy::evaluate(std::size_t e, bool is_due) {
  EstimatorInUse& estimator = *estimators_[e];
  const WithinVariance& within = within_[e];
  const bool jackknifes = within.calls_the_estimator();
  const std::vector<double> state = jackknifes && is_due ? estimator.state : std::vector<double>{};
  const auto start = Clock::now();
  Evaluation& now = evaluations_[e];
  now.estimate = sampler_.estimate(estimator, batch_, theta_, within.needs_contributions());
  now.seconds = sampling_seconds_ + seconds_since(start);
  now.env_steps = batch_.samples;
  now.variance_within = Measured::none;
  if (!jackknifes || is_due)
    now.variance_within =
        within.of(now.estimate, estimator.instance, state, batch_, theta_, sampler_.arena());
}

}  // namespace seedbed
