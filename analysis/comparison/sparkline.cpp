#include "analysis/comparison/sparkline.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed::comparison {

Span span_of(const std::vector<const std::vector<double>*>& curves) {
  Span span{INFINITY, -INFINITY};
  for (const auto* curve : curves)
    for (const double x : *curve)
      if (std::isfinite(x)) span = {std::min(span.low, x), std::max(span.high, x)};
  if (span.low > span.high) return {0, 0};
  return span;
}

std::string sparkline(const std::vector<double>& curve, std::size_t columns, const Span& span) {
  static constexpr const char* marks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::size_t n = curve.size(), count = std::min(columns, n);
  std::string line;
  for (std::size_t c = 0; c < count; ++c) {
    double sum = 0, points = 0;
    for (std::size_t i = c * n / count; i < (c + 1) * n / count; ++i)
      if (std::isfinite(curve[i])) sum += curve[i], ++points;
    const double height =
        span.high > span.low ? (sum / points - span.low) / (span.high - span.low) : 0.5;
    line += points == 0 ? "·" : marks[std::clamp(static_cast<int>(height * 8), 0, 7)];
  }
  return line;
}

}  // namespace seedbed::comparison
