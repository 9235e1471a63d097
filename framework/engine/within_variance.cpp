#include "engine/within_variance.hpp"

#include <algorithm>
#include <seedbed/error.hpp>

#include "diagnostics/jackknife.hpp"
#include "engine/subset.hpp"

namespace seedbed {

namespace {

double of_independent(const Estimate& estimate) {
  const auto N = static_cast<double>(estimate.units);
  double sum = 0.0;
  for (const double m2 : estimate.m2) sum += m2;
  return estimate.units < 2 ? Measured::none : sum / (N * (N - 1.0));
}

double of_pairs(const Estimate& estimate) {
  const std::size_t d = estimate.mean.size(), pairs = estimate.units / 2;
  if (pairs < 2 || estimate.units % 2 != 0) return Measured::none;
  double sum = 0.0;
  for (std::size_t i = 0; i < pairs; ++i)
    for (std::size_t j = 0; j < d; ++j) {
      const double* g = estimate.contributions.data() + j;
      const double away = 0.5 * (g[i * d] + g[(i + pairs) * d]) - estimate.mean[j];
      sum += away * away;
    }
  const auto n = static_cast<double>(pairs);
  return sum / (n * (n - 1.0));
}

}  // namespace

WithinVariance::WithinVariance(const EstimatorInUse& estimator, bool antithetic,
                               const BatchShape& shape)
    : rule_(Rule::none), pairs_(antithetic && !estimator.plans()), shape_(shape) {
  const std::uint32_t coupling = estimator.info.coupling;
  if (coupling == SEEDBED_INDEPENDENT) rule_ = pairs_ ? Rule::pairs : Rule::independent;
  if (coupling == SEEDBED_PAIRS && pairs_) rule_ = Rule::pairs;
  if (coupling == SEEDBED_U_STATISTIC && !estimator.plans()) rule_ = Rule::jackknife;
}

double WithinVariance::of(const Estimate& estimate, const Instance& estimator,
                          const std::vector<double>& state, const seedbed_batch& batch,
                          const std::vector<double>& theta, Arena& arena) const {
  if (rule_ == Rule::jackknife)
    return of_jackknife(estimate, estimator, state, batch, theta, arena);
  if (rule_ == Rule::none || estimate.gradient != estimate.mean) return Measured::none;
  return rule_ == Rule::pairs ? of_pairs(estimate) : of_independent(estimate);
}

/// Unit u of n goes with group floor(u J / n).
double WithinVariance::of_jackknife(const Estimate& estimate, const Instance& estimator,
                                    const std::vector<double>& state, const seedbed_batch& batch,
                                    const std::vector<double>& theta, Arena& arena) const {
  const std::size_t N = batch.episodes, n = pairs_ ? N / 2 : N, d = theta.size();
  const std::size_t J = std::min<std::size_t>(n, groups);
  if (n < 3) return Measured::none;
  Recording rest(shape_);
  std::vector<std::vector<double>> without(d, std::vector<double>(J));
  std::vector<std::uint64_t> size(J, 0);
  for (std::size_t group = 0; group < J; ++group) {
    std::vector<std::size_t> kept;
    for (std::size_t e = 0; e < N; ++e) {
      if (e % n * J / n != group)
        kept.push_back(e);
      else
        ++size[group];
    }
    take_episodes(batch, kept, d, rest);
    try {
      const Estimate made = seedbed::estimate(estimator, rest.view(), theta, state, false, arena);
      for (std::size_t j = 0; j < d; ++j) without[j][group] = made.gradient[j];
    } catch (const Error&) {  // it may need as many as it was given
      return Measured::none;
    }
  }
  double sum = 0.0;
  for (std::size_t j = 0; j < d; ++j) {
    const double error = jackknife_error(estimate.gradient[j], without[j], size);
    sum += error * error;
  }
  return sum;
}

}  // namespace seedbed
