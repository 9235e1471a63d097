#include "analysis/report/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace seedbed::analysis {

namespace {

// Power of ten of the first digit.
int magnitude(double value) {
  return value == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(value))));
}

bool is_plain(double value) {
  const double size = std::abs(value);
  return size == 0 || (size >= 1e-4 && size < 1e5);
}

}  // namespace

std::string rounded(double value, int digits) {
  if (std::isnan(value)) return "-";
  if (value == 0) return "0";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (!is_plain(value)) return fmt::format("{:.{}e}", value, digits - 1);
  const int decimals = std::max(0, digits - 1 - magnitude(value));
  return fmt::format("{:.{}f}", value, decimals);
}

MeanText rounded_mean(double mean, double half_width) {
  if (!std::isfinite(mean) || !std::isfinite(half_width) || half_width <= 0)
    return {rounded(mean),
            std::isfinite(half_width) && std::isfinite(mean) ? rounded(half_width) : "-"};
  if (!is_plain(mean) || !is_plain(half_width)) return {rounded(mean), rounded(half_width, 2)};
  const int decimals = std::clamp(1 - magnitude(half_width), 0, 12);
  return {fmt::format("{:.{}f}", mean, decimals), fmt::format("{:.{}f}", half_width, decimals)};
}

std::string exact(double value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);
}

}  // namespace seedbed::analysis
