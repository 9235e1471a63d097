#include "diagnostics/jackknife.hpp"

#include <cmath>
#include <seedbed/math.hpp>

#include "diagnostics/quantile.hpp"

namespace seedbed {

double jackknife_error(double whole, std::span<const double> without,
                       std::span<const std::uint64_t> size) {
  const auto J = static_cast<double>(without.size());
  if (without.size() < 2) return Measured::none;
  double n = 0.0;
  for (const std::uint64_t m : size) n += static_cast<double>(m);
  double centre = J * whole;
  for (std::size_t j = 0; j < without.size(); ++j)
    centre -= (1.0 - static_cast<double>(size[j]) / n) * without[j];
  double squares = 0.0;
  for (std::size_t j = 0; j < without.size(); ++j) {
    const double h = n / static_cast<double>(size[j]);
    const double away = h * whole - (h - 1.0) * without[j] - centre;
    squares += away * away / (h - 1.0);
  }
  return std::sqrt(squares / J);
}

Measured interval(double value, double error, std::uint64_t groups) {
  if (groups < 2) return {value};
  const double half = student_t(groups - 1) * error;
  return {value, value - half, value + half};
}

Measured log_interval(double value, double error, std::uint64_t groups) {
  if (value == 0.0) return {0.0, 0.0, 0.0};
  if (groups < 2 || !(value > 0.0) || std::isnan(error)) return {value};
  const double factor = math::exp(student_t(groups - 1) * error);
  return {value, value / factor, value * factor};
}

Measured proportion(std::uint64_t k, std::uint64_t count) {
  if (count == 0) return {};
  constexpr double z = normal_975;
  const auto n = static_cast<double>(count);
  const double p = static_cast<double>(k) / n, whole = 1.0 + z * z / n;
  const double middle = (p + z * z / (2.0 * n)) / whole;
  const double half = z * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / whole;
  return {p, middle - half, middle + half};
}

}  // namespace seedbed
