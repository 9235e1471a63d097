#include "diagnostics/return_sample.hpp"

#include <cmath>
#include <limits>

namespace seedbed {

namespace {

template <class Number>
double mean(const std::vector<Number>& values) {
  double sum = 0.0;
  for (const Number x : values) sum += static_cast<double>(x);
  return sum / static_cast<double>(values.size());
}

}  // namespace

double mean_of(const std::vector<double>& values) {
  return mean(values);
}
double mean_of(const std::vector<std::int64_t>& values) {
  return mean(values);
}
double mean_of(const std::vector<std::uint8_t>& values) {
  return mean(values);
}

double deviation_of(const std::vector<double>& values) {
  if (values.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  const double m = mean_of(values);
  double square = 0.0;
  for (const double x : values) square += (x - m) * (x - m);
  return std::sqrt(square / static_cast<double>(values.size() - 1));
}

double quantile_of(const std::vector<double>& sorted, double p) {
  const double h = static_cast<double>(sorted.size() - 1) * p;
  const auto k = static_cast<std::size_t>(std::floor(h));
  if (k + 1 >= sorted.size()) return sorted.back();
  return sorted[k] + (h - static_cast<double>(k)) * (sorted[k + 1] - sorted[k]);
}

}  // namespace seedbed
