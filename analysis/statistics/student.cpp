#include "analysis/statistics/student.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <seedbed/error.hpp>

namespace seedbed::statistics {

namespace {

double mean_in_order(std::span<const double> values) {
  double sum = 0.0;
  for (const double x : values) sum += x;
  return sum / static_cast<double>(values.size());
}

}  // namespace

double student_quantile(double level, double df) {
  if (!(level > 0.0 && level < 1.0))
    throw Error("interval: expected a level between 0 and 1, got " + std::to_string(level));
  if (!(df > 0.0)) return none;
  return boost::math::quantile(boost::math::students_t(df), (1.0 + level) / 2.0);
}

double student_tail(double t, double df) {
  if (std::isnan(t) || !(df > 0.0)) return none;
  if (std::isinf(t)) return 0.0;
  return 2.0 * boost::math::cdf(boost::math::students_t(df), -std::abs(t));
}

double sample_variance(std::span<const double> values) {
  if (values.size() < 2) return none;
  const double mean = mean_in_order(values);
  double squares = 0.0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  return squares / static_cast<double>(values.size() - 1);
}

Estimate mean_with_interval(std::span<const double> values, double level) {
  const auto n = static_cast<double>(values.size());
  if (values.empty()) return {};
  const double mean = mean_in_order(values);
  const double half = student_quantile(level, n - 1.0) * std::sqrt(sample_variance(values) / n);
  return {mean, mean - half, mean + half};
}

}  // namespace seedbed::statistics
