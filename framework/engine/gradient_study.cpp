#include "engine/gradient_study.hpp"

namespace seedbed {

namespace {

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

}  // namespace

void Moments::add(const std::vector<double>& x) {
  const auto n = static_cast<double>(++count);
  for (std::size_t j = 0; j < x.size(); ++j) {
    const double delta = x[j] - mean[j], step = delta / n, square = step * step;
    const double term = delta * step * (n - 1.0);
    mean[j] += step;
    m4[j] += term * square * (n * n - 3.0 * n + 3.0) + 6.0 * square * m2[j] - 4.0 * step * m3[j];
    m3[j] += term * step * (n - 2.0) - 3.0 * step * m2[j];
    m2[j] += term;
  }
}

GradientStudy::GradientStudy(const Configuration& configuration, const Noise& noise)
    : problem_(configuration),
      noise_(noise),
      theta_(initial_theta(problem_, configuration.theta, noise)),
      estimators_(create_estimators(configuration, problem_)),
      sampler_(problem_, configuration.episodes, needs_of(estimators_), configuration.antithetic),
      moments_(estimators_.size(), Moments(problem_.parameters())),
      env_steps_(estimators_.size(), 0),
      gradients_(estimators_.size()) {}

void GradientStudy::step(std::uint64_t number) {
  const auto iteration = static_cast<std::uint32_t>(number);
  bool shared = false;  // the batch in the recording is the plain one: N episodes under theta
  for (std::size_t e = 0; e < estimators_.size(); ++e) {
    EstimatorInUse& estimator = *estimators_[e];
    if (!shared || estimator.plans())
      batch_ = sampler_.sample(estimator, theta_, noise_, iteration);
    shared = !estimator.plans();
    gradients_[e] = sampler_.estimate(estimator, batch_, theta_, false).gradient;
    moments_[e].add(gradients_[e]);
    env_steps_[e] += batch_.samples;
  }
}

}  // namespace seedbed
