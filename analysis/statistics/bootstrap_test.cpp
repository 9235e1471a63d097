#include "analysis/statistics/bootstrap.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/statistics/aggregate.hpp"
#include "analysis/statistics/improvement.hpp"
#include "analysis/statistics/noise.hpp"
#include "analysis/statistics/resampler.hpp"

using namespace seedbed::statistics;

namespace {

/// x_ik = shared z_i + own e_ik: replicates that share noise on all tasks. True mean 0.
Scores correlated_scores(std::uint32_t draw, Eigen::Index runs, Eigen::Index tasks, double shared) {
  std::vector<double> z(static_cast<std::size_t>(runs * (tasks + 1)));
  normals(11, 0, draw, z);
  Scores x(runs, tasks);
  for (Eigen::Index i = 0; i < runs; ++i)
    for (Eigen::Index k = 0; k < tasks; ++k)
      x(i, k) = shared * z[static_cast<std::size_t>(i)] +
                z[static_cast<std::size_t>(runs + i * tasks + k)];
  return x;
}

/// Share of simulated experiments whose 95 % interval of the mean holds the true one.
double coverage(int experiments, double shared, bool as_common) {
  int covered = 0;
  for (int e = 0; e < experiments; ++e) {
    const Scores x = correlated_scores(static_cast<std::uint32_t>(e), 20, 5, shared);
    const Sample sample = as_common ? common_sample(x) : independent_sample(x);
    const Estimate mean = bootstrap(Statistic(Mean(x)), sample,
                                    {.key = static_cast<std::uint64_t>(e), .resamples = 1000});
    covered += mean.lower <= 0 && 0 <= mean.upper;
  }
  return static_cast<double>(covered) / experiments;
}

/// Of the percentile interval of a mean of n normal values: 1.96 errors that are too short by
/// sqrt((n-1)/n), judged by Student's t.
double expected_coverage(double n) {
  return 1 - 2 * boost::math::cdf(boost::math::students_t(n - 1),
                                  -1.959963985 * std::sqrt((n - 1) / n));
}

}  // namespace

TEST_CASE("every run is drawn equally often, and a resample depends on its name alone") {
  const Resampler resampler(7, {0, 1}, key_of("a suite"));
  Counts counts = resampler.shape(), sum = resampler.shape(), again = resampler.shape();
  for (std::uint32_t b = 0; b < 5000; ++b) {
    resampler.draw(b, counts);
    REQUIRE((counts.colwise().sum() == 7).all());
    sum += counts;
  }
  resampler.draw(4999, again);
  CHECK((again == counts).all());
  CHECK((counts.col(0) != counts.col(1)).any());
  const double se = std::sqrt(5000 * 7 * (1.0 / 7) * (6.0 / 7));
  CHECK((sum.cast<double>() - 5000).abs().maxCoeff() < 4.5 * se);
}

TEST_CASE("draws are uniform where 2^16 is no multiple of the runs by far") {
  const Resampler resampler(40000, {0}, 3);
  Counts counts = resampler.shape();
  double twice = 0;  // of the 25 536 runs that floor(h n / 2^16) alone would give twice the share
  for (std::uint32_t b = 0; b < 10; ++b) {
    resampler.draw(b, counts);
    for (std::uint32_t h = 0, last = ~0U; h < 65536; ++h) {
      const std::uint32_t run = h * 40000 / 65536;
      if (run == last) twice += counts(run, 0);
      last = run;
    }
  }
  const double p = 25536.0 / 40000, n = 10 * 40000.0;
  CHECK(std::abs(twice - n * p) < 4.5 * std::sqrt(n * p * (1 - p)));
}

TEST_CASE("tasks of one stratum are drawn together") {
  const Resampler resampler(50, {3, 8, 3, 8, 1}, 1);
  Counts counts = resampler.shape();
  resampler.draw(0, counts);
  CHECK((counts.col(0) == counts.col(2)).all());
  CHECK((counts.col(1) == counts.col(3)).all());
  CHECK((counts.col(0) != counts.col(1)).any());
  CHECK((counts.col(0) != counts.col(4)).any());
}

TEST_CASE("of two runs the bootstrap distribution of the mean is (1/4, 1/2, 1/4)") {
  const Scores x = one_task({0, 1});
  std::size_t at[3] = {};
  const Mean mean(x);
  bootstrap(Statistic([&](const Counts& c) {
              ++at[static_cast<std::size_t>(2 * mean(c))];
              return mean(c);
            }),
            common_sample(x), {.resamples = 10000});
  CHECK(std::abs(static_cast<double>(at[0]) - 2500) < 4.5 * std::sqrt(10000 * 3.0 / 16));
  CHECK(std::abs(static_cast<double>(at[1]) - 5001) < 4.5 * std::sqrt(10000 / 4.0));
}

TEST_CASE("the same settings give the same interval, and another key another one") {
  const Scores x = correlated_scores(0, 30, 4, 1);
  const auto interval = [&](const Bootstrap& settings) {
    return bootstrap(Statistic(InterquartileMean(x)), common_sample(x), settings);
  };
  const Estimate a = interval({.key = 5}), b = interval({.key = 5}), c = interval({.key = 6});
  CHECK((a.lower == b.lower && a.upper == b.upper));
  CHECK((a.lower != c.lower && a.value == c.value));
  CHECK(a.lower < a.value);
  CHECK(interval({.key = 5, .level = 0.5}).upper < a.upper);
}

TEST_CASE("the interval of a mean holds the truth as often as theory says") {
  const int experiments = 1500;
  const double se = std::sqrt(0.05 * 0.95 / experiments), theory = expected_coverage(20);
  CHECK(std::abs(coverage(experiments, 2.0, true) - theory) < 4 * se);
  // Independent strata on tasks that share noise: what whole replicates are drawn for.
  CHECK(coverage(experiments, 2.0, false) < theory - 40 * se);
}

TEST_CASE("a comparison of samples on common noise is as sharp as their differences") {
  const Scores x = correlated_scores(1, 40, 3, 10), y = x + 0.5;
  const Improvement improvement(x, y);
  const Estimate paired = bootstrap(Statistic([&](const Counts& c) { return improvement(c, c); }),
                                    common_sample(x), {.resamples = 500});
  const Estimate apart = bootstrap(PairStatistic(std::cref(improvement)), common_sample(x),
                                   common_sample(y), {.resamples = 500});
  CHECK(paired.value == apart.value);
  CHECK(paired.upper - paired.lower < 0.5 * (apart.upper - apart.lower));
}

TEST_CASE("a bootstrap of nothing is refused") {
  const Statistic zero = [](const Counts&) { return 0.0; };
  CHECK_THROWS_WITH(bootstrap(zero, {3, {0}}, {.level = 1}),
                    "bootstrap: expected a level between 0 and 1, got 1.000000");
  CHECK_THROWS_WITH(bootstrap(zero, {0, {0}}, {}),
                    "bootstrap: expected 1 to 65535 runs of at least one task, got 0 runs of 1 "
                    "tasks");
}
