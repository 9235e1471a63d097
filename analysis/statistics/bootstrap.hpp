#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analysis/statistics/estimate.hpp"
#include "analysis/statistics/scores.hpp"

namespace seedbed::statistics {

/// How an interval is made. The same settings give the same interval, always.
struct Bootstrap {
  std::uint64_t key = 0;  ///< key_of(suite hash)
  std::uint32_t resamples = 10000;
  double level = 0.95;
};

/// Replicates that are drawn: n runs, and which tasks share their noise.
struct Sample {
  std::size_t runs;
  Strata strata;
};
inline Sample common_sample(const Scores& x) {
  return {static_cast<std::size_t>(x.rows()), common_noise(static_cast<std::size_t>(x.cols()))};
}
inline Sample independent_sample(const Scores& x) {
  return {static_cast<std::size_t>(x.rows()),
          independent_noise(static_cast<std::size_t>(x.cols()))};
}

using Statistic = std::function<double(const Counts&)>;
using PairStatistic = std::function<double(const Counts&, const Counts&)>;
using CurveStatistic = std::function<void(const Counts&, std::span<double>)>;

/// Percentile interval of a statistic: quantiles (1 ± level)/2 of its values in resamples of whole
/// replicates, stratum by stratum (resampler.hpp). `value` is that of the sample itself. Of one run
/// the interval is [value, value]: nothing says how much replicates differ. Throws Error unless
/// 0 < level < 1 and there are resamples. Source: Efron 1979; Agarwal et al. 2021.
///
///   bootstrap(InterquartileMean(x), common_sample(x), {.key = key_of(suite_hash)})
Estimate bootstrap(const Statistic& statistic, const Sample& sample, const Bootstrap& settings);

/// The same for two samples, drawn independently. For samples on common noise draw once:
/// bootstrap([&](const Counts& c) { return f(c, c); }, ...).
Estimate bootstrap(const PairStatistic& statistic, const Sample& x, const Sample& y,
                   const Bootstrap& settings);

/// The same for `size` numbers at once, each with its own interval: pointwise, not simultaneous.
std::vector<Estimate> bootstrap(const CurveStatistic& statistic, std::size_t size,
                                const Sample& sample, const Bootstrap& settings);

}  // namespace seedbed::statistics
