#include "diagnostics/moments.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/math.hpp>

#include "diagnostics/quantile.hpp"

namespace seedbed {

void Moments::add(const std::vector<double>& x) {
  const auto n = static_cast<double>(++count);
  for (std::size_t j = 0; j < x.size(); ++j) {
    const double delta = x[j] - mean[j], step = delta / n, square = step * step;
    const double term = delta * step * (n - 1.0);
    mean[j] += step;
    m4[j] += term * square * (n * n - 3.0 * n + 3.0) + 6.0 * square * m2[j] - 4.0 * step * m3[j];
    m3[j] += term * step * (n - 2.0) - 3.0 * step * m2[j];
    m2[j] += term;
  }
}

Measured Moments::variance(std::size_t j) const {
  if (count < 2) return {};
  const auto M = static_cast<double>(count);
  const double s2 = m2[j] / (M - 1.0);
  if (s2 == 0.0) return {0.0, 0.0, 0.0};
  const double relative = (kurtosis(j) - (M - 3.0) / (M - 1.0)) / M;
  const double factor = math::exp(normal_975 * std::sqrt(std::max(relative, 0.0)));
  return {s2, s2 / factor, s2 * factor};
}

double Moments::kurtosis(std::size_t j) const {
  return static_cast<double>(count) * m4[j] / (m2[j] * m2[j]);
}

double Moments::standard_error(std::size_t j) const {
  return std::sqrt(variance(j).value / static_cast<double>(count));
}

}  // namespace seedbed
