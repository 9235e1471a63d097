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

/// At least 32 batches of M, evenly spread, show what each estimator costs by itself; all when M is
/// less.
std::uint64_t timed_every(std::uint64_t M) {
  return std::max<std::uint64_t>(1, M / 32);
}

/// Batches of M that are jackknifed, about, and evenly spread: 2 to 4, where that takes no more
/// weightings than the stage itself; more, 32 at most, where it takes no more than a quarter.
std::uint64_t jackknife_every(std::uint64_t M) {
  const std::uint64_t affordable = M / WithinVariance::most_groups;
  const std::uint64_t wanted = std::clamp<std::uint64_t>(
      affordable / 4, std::clamp<std::uint64_t>(affordable, 2, 4), 32);
  const std::uint64_t timed = timed_every(M);  // they are evaluated one by one as well
  return (std::max<std::uint64_t>(1, M / wanted) + timed - 1) / timed * timed;
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
      timed_every_(timed_every(configuration.iterations)),
      jackknife_every_(jackknife_every(configuration.iterations)),
      evaluations_(estimators_.size()) {}

void GradientStudy::step(std::uint64_t number) {
  entropy_ = Measured::none;
  const auto plans = [&](std::size_t e) { return estimators_[e]->plans(); };
  for (std::size_t e = 0, end = 0; e < estimators_.size(); e = end) {
    sample(*estimators_[e], static_cast<std::uint32_t>(number));
    ++end;  // those that do not plan share the batch: N episodes under theta
    while (!plans(e) && end < estimators_.size() && !plans(end)) ++end;
    if (is_timed(number) || is_jackknifed(number) || plans(e))
      for (std::size_t i = e; i < end; ++i) evaluate(i, number);
    else
      evaluate_together(e, end, number);
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

void GradientStudy::evaluate(std::size_t e, std::uint64_t number) {
  EstimatorInUse& estimator = *estimators_[e];
  const WithinVariance& within = within_[e];
  const bool jackknifes = within.calls_the_estimator() && is_jackknifed(number);
  const std::vector<double> state = jackknifes ? estimator.state : std::vector<double>{};
  const auto start = Clock::now();
  Estimate estimate = sampler_.estimate(estimator, batch_, theta_, within.needs_contributions());
  const double seconds = sampling_seconds_ + seconds_since(start);
  note(e, std::move(estimate), jackknifes, state, is_timed(number) ? seconds : Measured::none);
}

void GradientStudy::evaluate_together(std::size_t first, std::size_t end, std::uint64_t number) {
  std::vector<Sampler::Weigher> weighers;
  std::vector<std::size_t> places;
  for (std::size_t e = first; e < end; ++e)
    if (estimators_[e]->weighs()) {
      weighers.push_back({*estimators_[e], within_[e].needs_contributions()});
      places.push_back(e);
    } else {
      evaluate(e, number);
    }
  if (weighers.empty()) return;
  std::vector<Estimate> estimates = sampler_.estimates(weighers, batch_, theta_);
  for (std::size_t i = 0; i < places.size(); ++i)
    note(places[i], std::move(estimates[i]), false, {}, Measured::none);
}

void GradientStudy::note(std::size_t e, Estimate estimate, bool jackknifes,
                         const std::vector<double>& state, double seconds) {
  const WithinVariance& within = within_[e];
  Evaluation& now = evaluations_[e];
  now = {std::move(estimate), Measured::none, batch_.samples, seconds};
  if (jackknifes || !within.calls_the_estimator())
    now.variance_within =
        within.of(now.estimate, estimators_[e]->instance, state, problem_.policy(), batch_, theta_,
                  sampler_.arena(), jackknife_scores_);
}

}  // namespace seedbed
