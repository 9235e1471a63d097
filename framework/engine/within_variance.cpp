#include "engine/within_variance.hpp"

#include <algorithm>
#include <seedbed/error.hpp>

#include "diagnostics/jackknife.hpp"
#include "engine/left_out.hpp"
#include "engine/shared_scores.hpp"

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

/// The gradients that the estimator makes of the batch without each of `groups`.
std::vector<std::vector<double>> one_by_one(const Instance& estimator,
                                            const std::vector<double>& state,
                                            const std::vector<std::vector<std::size_t>>& groups,
                                            const BatchShape& shape, const seedbed_batch& batch,
                                            const std::vector<double>& theta, Arena& arena) {
  LeftOut parts(shape);
  parts.take(batch, groups, theta.size());
  std::vector<std::vector<double>> gradients;
  for (std::size_t k = 0; k < groups.size(); ++k)
    gradients.push_back(
        seedbed::estimate(estimator, parts.without(k), theta, state, false, arena).gradient);
  return gradients;
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
                          const std::vector<double>& state, const Instance& policy,
                          const seedbed_batch& batch, const std::vector<double>& theta,
                          Arena& arena, SharedScores& scores) const {
  if (rule_ == Rule::jackknife)
    return of_jackknife(estimate, estimator, state, policy, batch, theta, arena, scores);
  if (rule_ == Rule::none || !std::ranges::equal(estimate.gradient, estimate.mean))
    return Measured::none;
  return rule_ == Rule::pairs ? of_pairs(estimate) : of_independent(estimate);
}

/// Unit u of n goes with group floor(u J / n).
double WithinVariance::of_jackknife(const Estimate& estimate, const Instance& estimator,
                                    const std::vector<double>& state, const Instance& policy,
                                    const seedbed_batch& batch, const std::vector<double>& theta,
                                    Arena& arena, SharedScores& scores) const {
  const std::size_t N = batch.episodes, n = pairs_ ? N / 2 : N, d = theta.size();
  const std::size_t J = std::min<std::size_t>(n, most_groups);
  if (n < 3) return Measured::none;
  std::vector<std::vector<std::size_t>> groups(J);
  for (std::size_t e = 0; e < N; ++e) groups[e % n * J / n].push_back(e);
  std::vector<std::vector<double>> gradients;
  try {
    gradients = weights_of(estimator)
                    ? scores.gradients({estimator, state, false}, groups, shape_, policy, batch,
                                       theta, arena)
                    : one_by_one(estimator, state, groups, shape_, batch, theta, arena);
  } catch (const Error&) {  // it may need as many as it was given
    return Measured::none;
  }
  double sum = 0.0;
  std::vector<double> without(J);
  std::vector<std::uint64_t> size(J);
  for (std::size_t k = 0; k < J; ++k) size[k] = groups[k].size();
  for (std::size_t j = 0; j < d; ++j) {
    for (std::size_t k = 0; k < J; ++k) without[k] = gradients[k][j];
    const double error = jackknife_error(estimate.gradient[j], without, size);
    sum += error * error;
  }
  return sum;
}

}  // namespace seedbed
