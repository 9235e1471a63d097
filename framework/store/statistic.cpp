#include "store/statistic.hpp"

#include <algorithm>
#include <cmath>

#include "diagnostics/quantile.hpp"

namespace seedbed {

Interval mean_interval(std::span<const double> values) {
  double sum = 0, squares = 0;
  std::uint64_t n = 0;
  for (const double x : values)
    if (std::isfinite(x)) sum += x, ++n;
  if (n == 0) return {nan, nan, 0};
  const double mean = sum / static_cast<double>(n);
  if (n == 1) return {mean, nan, 1};
  for (const double x : values)
    if (std::isfinite(x)) squares += (x - mean) * (x - mean);
  const double s = std::sqrt(squares / static_cast<double>(n - 1));
  return {mean, student_t(n - 1) * s / std::sqrt(static_cast<double>(n)), n};
}

double median(std::vector<double> values) {
  if (values.empty()) return nan;
  for (double& x : values)
    if (std::isnan(x)) x = -std::numeric_limits<double>::infinity();
  std::ranges::sort(values);
  const std::size_t n = values.size();
  if (n % 2 == 1) return values[n / 2];
  const double low = values[n / 2 - 1], high = values[n / 2];
  return low == high ? low : (low + high) / 2;
}

double final_return(std::span<const double> curve) {
  const std::size_t last = std::max<std::size_t>(1, curve.size() / 10);
  double sum = 0;
  for (const double x : curve.last(last)) sum += x;
  return sum / static_cast<double>(last);
}

bool has_diverged(std::span<const double> curve) {
  const double first = curve.front(), last = final_return(curve);
  return !std::isfinite(last) || last < first - 10 * std::abs(first);
}

}  // namespace seedbed
