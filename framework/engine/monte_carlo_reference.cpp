#include "engine/monte_carlo_reference.hpp"

#include "diagnostics/blocks.hpp"
#include "diagnostics/moments.hpp"
#include "engine/sampler.hpp"

namespace seedbed {

namespace {

constexpr std::uint32_t noise_of_reference = 0xFFFFFFFF;  // no stage has this number
constexpr std::uint64_t first_look = 64;

Reference mean_of(const Moments& moments, const BlockedSpread& spread) {
  Reference mean{"monte-carlo", moments.mean, {}, spread.deviations(), moments.count};
  for (std::size_t j = 0; j < mean.gradient.size(); ++j)
    mean.standard_error.push_back(moments.standard_error(j));
  return mean;
}

Reference estimate_with(EstimatorInUse& estimator, const DecisionProblem& problem,
                        const Configuration& c, const std::vector<double>& theta,
                        const Noise& noise) {
  Sampler sampler(problem, c.episodes, estimator.info.needs, c.antithetic);
  Moments moments(theta.size());
  BlockedSpread spread(theta.size());
  Reference result = Reference::none(theta.size());
  for (std::uint64_t b = 0, look = first_look; b < c.reference_batches; ++b) {
    const seedbed_batch batch =
        sampler.sample(estimator, theta, noise, static_cast<std::uint32_t>(b));
    const Estimate made = sampler.estimate(estimator, batch, theta, false);
    moments.add(made.gradient);
    spread.add(made.gradient);
    if (b + 1 != look && b + 1 != c.reference_batches) continue;
    look *= 2;
    result = mean_of(moments, spread);
    if (result.relative_error() <= c.reference_error) break;
  }
  return result;
}

}  // namespace

Reference monte_carlo_reference(const DecisionProblem& problem, const Configuration& c,
                                const std::vector<double>& theta, const Noise& noise) {
  for (const Setting& setting : c.estimators) {
    EstimatorInUse estimator(setting, problem);
    if (estimator.info.bias == SEEDBED_UNBIASED && estimator.info.estimand == SEEDBED_GRADIENT_OF_J)
      return estimate_with(estimator, problem, c, theta, noise.stream(noise_of_reference, 0));
  }
  return Reference::none(theta.size());
}

}  // namespace seedbed
