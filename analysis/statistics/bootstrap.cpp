#include "analysis/statistics/bootstrap.hpp"

#include <algorithm>
#include <diagnostics/return_sample.hpp>
#include <seedbed/error.hpp>

#include "analysis/statistics/resampler.hpp"

namespace seedbed::statistics {

namespace {

void expect_settings(const Bootstrap& settings) {
  if (!(settings.level > 0.0 && settings.level < 1.0))
    throw Error("bootstrap: expected a level between 0 and 1, got " +
                std::to_string(settings.level));
  if (settings.resamples == 0) throw Error("bootstrap: expected resamples, got none");
}

Resampler resampler_of(const Sample& sample, const Bootstrap& settings, std::uint32_t stream) {
  if (sample.runs < 1 || sample.runs > 65535 || sample.strata.empty())
    throw Error("bootstrap: expected 1 to 65535 runs of at least one task, got " +
                std::to_string(sample.runs) + " runs of " + std::to_string(sample.strata.size()) +
                " tasks");
  return Resampler(sample.runs, sample.strata, settings.key, stream);
}

Estimate percentiles(double value, std::vector<double>& values, double level) {
  std::ranges::sort(values);
  return {value, quantile_of(values, (1.0 - level) / 2.0),
          quantile_of(values, (1.0 + level) / 2.0)};
}

}  // namespace

Estimate bootstrap(const Statistic& statistic, const Sample& sample, const Bootstrap& settings) {
  const CurveStatistic one = [&](const Counts& c, std::span<double> out) { out[0] = statistic(c); };
  return bootstrap(one, 1, sample, settings).front();
}

Estimate bootstrap(const PairStatistic& statistic, const Sample& x, const Sample& y,
                   const Bootstrap& settings) {
  expect_settings(settings);
  const Resampler of_x = resampler_of(x, settings, 0), of_y = resampler_of(y, settings, 1);
  Counts c = of_x.shape(), d = of_y.shape();
  std::vector<double> values(settings.resamples);
  for (std::uint32_t b = 0; b < settings.resamples; ++b) {
    of_x.draw(b, c);
    of_y.draw(b, d);
    values[b] = statistic(c, d);
  }
  c.setOnes();
  d.setOnes();
  return percentiles(statistic(c, d), values, settings.level);
}

std::vector<Estimate> bootstrap(const CurveStatistic& statistic, std::size_t size,
                                const Sample& sample, const Bootstrap& settings) {
  expect_settings(settings);
  const Resampler resampler = resampler_of(sample, settings, 0);
  Counts counts = resampler.shape();
  std::vector<double> values(size), all(size * settings.resamples);
  for (std::uint32_t b = 0; b < settings.resamples; ++b) {
    resampler.draw(b, counts);
    statistic(counts, std::span(all).subspan(b * size, size));
  }
  counts.setOnes();
  statistic(counts, values);
  std::vector<Estimate> estimates;
  std::vector<double> column(settings.resamples);
  for (std::size_t j = 0; j < size; ++j) {
    for (std::size_t b = 0; b < settings.resamples; ++b) column[b] = all[b * size + j];
    estimates.push_back(percentiles(values[j], column, settings.level));
  }
  return estimates;
}

}  // namespace seedbed::statistics
