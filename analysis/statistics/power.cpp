#include "analysis/statistics/power.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/statistics/student.hpp"

namespace seedbed::statistics {

namespace {

constexpr std::size_t most = 1'000'000;

void expect_plan(const PlannedTest& test, double effect, double power) {
  const auto is_share = [](double x) { return x > 0.0 && x < 1.0; };
  if (!is_share(test.alpha) || !is_share(power))
    throw Error("power: expected level and power between 0 and 1, got " +
                std::to_string(test.alpha) + " and " + std::to_string(power));
  const double spread = test.deviation_x + test.deviation_y;
  if (!(effect > 0.0 && spread > 0.0 && std::isfinite(effect) && std::isfinite(spread)))
    throw Error("power: expected a positive effect and spread, got " + std::to_string(effect) +
                " and " + std::to_string(spread));
}

/// Welch's degrees of freedom at n replicates a side.
double degrees_of_freedom(const PlannedTest& test, double n) {
  if (test.is_paired) return n - 1.0;
  const double a = test.deviation_x * test.deviation_x, b = test.deviation_y * test.deviation_y;
  return (a + b) * (a + b) / (a * a + b * b) * (n - 1.0);
}

double power_at(const PlannedTest& test, double effect, double n) {
  const double spread = std::hypot(test.deviation_x, test.deviation_y);
  const double shift = effect * std::sqrt(n) / spread;
  if (shift > 38.0) return 1.0;  // beyond what Boost's series is made for; 1 in all its digits
  const double df = degrees_of_freedom(test, n), t = student_quantile(1.0 - test.alpha, df);
  const boost::math::non_central_t T(df, shift);
  return boost::math::cdf(boost::math::complement(T, t)) + boost::math::cdf(T, -t);
}

}  // namespace

double power_of(const PlannedTest& test, double effect, std::size_t n) {
  expect_plan(test, effect, 0.5);
  if (n < 2) throw Error("power: expected at least two replicates, got " + std::to_string(n));
  return power_at(test, effect, static_cast<double>(n));
}

std::optional<std::size_t> replicates_needed(const PlannedTest& test, double effect, double power) {
  expect_plan(test, effect, power);
  const auto is_enough = [&](std::size_t n) {
    return power_at(test, effect, static_cast<double>(n)) >= power;
  };
  std::size_t enough = 2;
  while (!is_enough(enough))
    if ((enough *= 2) > 2 * most) return std::nullopt;
  std::size_t low = enough / 2;  // the answer is in (low, enough]
  while (enough > 2 && enough - low > 1) {
    const std::size_t n = low + (enough - low) / 2;
    (is_enough(n) ? enough : low) = n;
  }
  if (enough > most) return std::nullopt;
  return enough;
}

double detectable_effect(const PlannedTest& test, std::size_t n, double power) {
  const double spread = std::hypot(test.deviation_x, test.deviation_y);
  expect_plan(test, spread, power);
  if (n < 2) throw Error("power: expected at least two replicates, got " + std::to_string(n));
  double low = 0.0, high = spread;
  const auto count = static_cast<double>(n);
  while (power_at(test, high, count) < power) high *= 2.0;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2.0;
    (power_at(test, middle, count) < power ? low : high) = middle;
  }
  return high;
}

Factors deviation_factors(std::size_t n, double level) {
  if (n < 2) throw Error("power: expected at least two replicates, got " + std::to_string(n));
  const auto df = static_cast<double>(n - 1);
  const boost::math::chi_squared chi_square(df);
  return {std::sqrt(df / boost::math::quantile(chi_square, (1.0 + level) / 2.0)),
          std::sqrt(df / boost::math::quantile(chi_square, (1.0 - level) / 2.0))};
}

}  // namespace seedbed::statistics
