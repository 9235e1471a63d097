#include "engine/learner.hpp"

#include <cmath>

#include "engine/call.hpp"
#include "engine/kl_divergence.hpp"

namespace seedbed {

Learner::Learner(const Configuration& configuration, const Noise& noise)
    : problem_(configuration),
      noise_(noise),
      theta_(initial_theta(problem_, configuration.theta, noise)),
      divergence_(configuration.divergence),
      keep_contributions_(configuration.record.contributions),
      measure_kl_(configuration.record.kl),
      estimator_(configuration.estimators.at(0), problem_),
      optimizer_(configuration.optimizer.value(), problem_.context()),
      sampler_(problem_, configuration.episodes, estimator_.info.needs, configuration.antithetic) {}

LearnState Learner::begin() const {
  std::uint64_t size = 0;
  call(optimizer_, "state_size", [&](seedbed_message*) {
    size = optimizer_.functions<seedbed_optimizer>().state_size(optimizer_.self(),
                                                                problem_.parameters());
    return SEEDBED_OK;
  });
  return {0, theta_, std::vector<double>(size, 0.0), estimator_.state};
}

Iteration Learner::step(LearnState& state) {
  estimator_.state = state.estimator;
  Iteration now;
  now.index = state.iteration;
  now.batch =
      sampler_.sample(estimator_, state.theta, noise_, static_cast<std::uint32_t>(state.iteration));
  now.statistics = statistics_of(now.batch);
  now.estimate = sampler_.estimate(estimator_, now.batch, state.theta, keep_contributions_);
  double square = 0.0;
  for (double g : now.estimate.gradient) square += g * g;
  now.gradient_norm = std::sqrt(square);

  std::vector<double> optimizer_state = state.optimizer;
  std::vector<double> theta = updated(state, now.estimate.gradient, optimizer_state);
  if (measure_kl_)
    now.kl = estimator_.plans() ? std::nan("")  // whoever plans draws under other parameters
                                : kl_divergence(problem_, now.batch, state.theta, theta, arena_);
  state.theta = std::move(theta);
  state.optimizer = std::move(optimizer_state);
  state.estimator = estimator_.state;
  ++state.iteration;
  for (double x : state.theta) now.diverged = now.diverged || std::abs(x) > divergence_;
  return now;
}

std::vector<double> Learner::updated(const LearnState& state, const std::vector<double>& gradient,
                                     std::vector<double>& optimizer_state) const {
  std::vector<double> theta = state.theta;
  call(optimizer_, "step", [&](seedbed_message* message) {
    return optimizer_.functions<seedbed_optimizer>().step(optimizer_.self(), theta.size(),
                                                          gradient.data(), theta.data(),
                                                          optimizer_state.data(), message);
  });
  for (std::size_t j = 0; j < theta.size(); ++j)
    if (!std::isfinite(theta[j]))
      throw Error(optimizer_.plugin().title() + ": step: expected finite parameters, got " +
                      std::to_string(theta[j]) + " in component " + std::to_string(j) +
                      " at iteration " + std::to_string(state.iteration),
                  Exit::tasks_failed);
  return theta;
}

}  // namespace seedbed
