#include "analysis/statistics/difference.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/statistics/student.hpp"

namespace seedbed::statistics {

namespace {

Difference judged(double value, double error, double df, double level) {
  Difference result{{value, none, none}, none, df, none};
  if (std::isnan(error)) return result;
  const double half = student_quantile(level, df) * error;
  result.estimate = {value, value - half, value + half};
  result.t = value == 0.0 ? 0.0 : value / error;  // 0/0: no spread and no difference
  result.p = student_tail(result.t, df);
  return result;
}

}  // namespace

Difference welch(std::span<const double> x, std::span<const double> y, double level) {
  const auto n = static_cast<double>(x.size()), m = static_cast<double>(y.size());
  const double a = sample_variance(x) / n, b = sample_variance(y) / m;
  double df = (a + b) * (a + b) / (a * a / (n - 1.0) + b * b / (m - 1.0));
  if (a + b == 0.0) df = n + m - 2.0;
  return judged(mean_with_interval(x).value - mean_with_interval(y).value, std::sqrt(a + b), df,
                level);
}

Difference paired(std::span<const double> x, std::span<const double> y, double level) {
  if (x.size() != y.size())
    throw Error("paired difference: expected as many values on both sides, got " +
                std::to_string(x.size()) + " and " + std::to_string(y.size()));
  std::vector<double> d;
  for (std::size_t i = 0; i < x.size(); ++i) d.push_back(x[i] - y[i]);
  const auto n = static_cast<double>(d.size());
  return judged(mean_with_interval(d).value, std::sqrt(sample_variance(d) / n), n - 1.0, level);
}

std::vector<double> holm(const std::vector<double>& p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (!std::isnan(p[i])) order.push_back(i);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size(), none);
  double largest = 0.0;
  for (std::size_t j = 0; j < order.size(); ++j) {
    largest = std::max(largest, static_cast<double>(order.size() - j) * p[order[j]]);
    adjusted[order[j]] = std::min(1.0, largest);
  }
  return adjusted;
}

}  // namespace seedbed::statistics
