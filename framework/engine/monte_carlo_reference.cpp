#include "engine/monte_carlo_reference.hpp"

namespace seedbed {

namespace {

constexpr std::uint32_t noise_of_reference = 0xFFFFFFFF;  // no stage has this number
constexpr std::uint64_t first_look = 64;

std::unique_ptr<EstimatorInUse> first_unbiased(const DecisionProblem& problem,
                                               const Configuration& configuration) {
  for (const Setting& setting : configuration.estimators) {
    auto estimator = std::make_unique<EstimatorInUse>(setting, problem);
    if (estimator->info.bias == SEEDBED_UNBIASED &&
        estimator->info.estimand == SEEDBED_GRADIENT_OF_J)
      return estimator;
  }
  return nullptr;
}

}  // namespace

MonteCarloReference::MonteCarloReference(const DecisionProblem& problem, const Configuration& c,
                                         std::vector<double> theta, const Noise& noise)
    : theta_(std::move(theta)),
      noise_(noise.stream(noise_of_reference, 0)),
      error_(c.reference_error),
      most_batches_(c.reference_batches),
      next_look_(first_look),
      estimator_(first_unbiased(problem, c)),
      moments_(theta_.size()),
      spread_(theta_.size()) {
  if (estimator_)
    sampler_ = std::make_unique<Sampler>(problem, c.episodes, estimator_->info.needs, c.antithetic);
}

void MonteCarloReference::step() {
  const seedbed_batch batch =
      sampler_->sample(*estimator_, theta_, noise_, static_cast<std::uint32_t>(batches_));
  const Estimate made = sampler_->estimate(*estimator_, batch, theta_, false);
  moments_.add(made.gradient);
  spread_.add(made.gradient);
  if (++batches_ != next_look_) return;
  next_look_ *= 2;
  is_good_ = result().relative_error() <= error_;
}

Reference MonteCarloReference::result() const {
  if (batches_ == 0) return Reference::none(theta_.size());
  Reference mean{"monte-carlo", moments_.mean, {}, spread_.deviations(), moments_.count};
  for (std::size_t j = 0; j < mean.gradient.size(); ++j)
    mean.standard_error.push_back(moments_.standard_error(j));
  return mean;
}

Reference monte_carlo_reference(const DecisionProblem& problem, const Configuration& configuration,
                                const std::vector<double>& theta, const Noise& noise) {
  MonteCarloReference reference(problem, configuration, theta, noise);
  while (!reference.is_done()) reference.step();
  return reference.result();
}

}  // namespace seedbed
