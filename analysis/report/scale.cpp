#include "analysis/report/scale.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed::analysis {

namespace {

/// Labels of decades as suites write numbers: 0.001, 100, 3e-4, 1e5.
constexpr const char* decade_label =
    "datum.value == 0 || (abs(datum.value) > 0.0009 && abs(datum.value) < 20000) ? "
    "format(datum.value, '~g') : replace(format(datum.value, '~e'), 'e+', 'e')";

}  // namespace

Scale::Scale(Kind kind, double low, double high, double c)
    : kind_(kind), low_(low), high_(high), c_(c) {}

Scale Scale::over(std::span<const double> values) {
  std::vector<double> sizes;
  double low = INFINITY, high = -INFINITY;
  for (const double x : values) {
    if (!std::isfinite(x)) continue;
    low = std::min(low, x);
    high = std::max(high, x);
    if (x != 0) sizes.push_back(std::abs(x));
  }
  if (low > high) return Scale(Kind::linear, 0, 1);
  std::ranges::sort(sizes);
  const double span = high - low;
  if (!sizes.empty()) {
    const double small = sizes[sizes.size() / 20], large = sizes.back();
    if (large > 100 * small && low > 0) return logarithmic(values);
    if (large > 100 * small) {
      const double c = std::pow(10.0, std::floor(std::log10(small)));
      const double room = 1.3;
      return Scale(Kind::symlog, low < 0 ? low * room : low / room,
                   high > 0 ? high * room : high / room, c);
    }
  }
  const double room = span > 0 ? 0.04 * span : std::max(0.5 * std::abs(low), 0.5);
  return Scale(Kind::linear, low - room, high + room);
}

Scale Scale::logarithmic(std::span<const double> values) {
  double low = INFINITY, high = 0;
  for (const double x : values)
    if (std::isfinite(x) && x > 0) low = std::min(low, x), high = std::max(high, x);
  if (low > high) return Scale(Kind::log, 1, 10);
  const double room = std::max(1.15, std::pow(high / low, 0.04));
  return Scale(Kind::log, low / room, high * room);
}

std::vector<double> Scale::ticks(int count) const {
  std::vector<double> values;
  const double largest = std::max(std::abs(low_), std::abs(high_));
  const int last = static_cast<int>(std::floor(std::log10(largest)));
  int first = kind_ == Kind::log ? static_cast<int>(std::floor(std::log10(low_)))
                                 : static_cast<int>(std::lround(std::log10(c_)));
  if (kind_ == Kind::symlog && low_ > 0) first = static_cast<int>(std::floor(std::log10(low_)));
  const bool is_short = kind_ == Kind::log && high_ / low_ < 50;
  const int every = std::max(1, (last - first) / count + 1);
  for (int power = first; power <= last; ++power) {
    for (const double k : {1.0, 2.0, 5.0}) {
      if (k > 1 && !is_short) break;
      if ((power - last) % every != 0) continue;
      values.push_back(k * std::pow(10.0, power));
      if (kind_ == Kind::symlog) values.push_back(-values.back());
    }
  }
  if (kind_ == Kind::symlog) values.push_back(0);
  std::erase_if(values, [&](double x) { return x < low_ || x > high_; });
  std::ranges::sort(values);
  return values;
}

Json Scale::encoding(const std::string& field, const std::string& title) const {
  Json scale{{"domain", {low_, high_}}, {"nice", false}};
  Json axis{{"tickCount", 5}};
  if (kind_ == Kind::linear) {
    scale["zero"] = false;
  } else {
    scale["type"] = kind_ == Kind::log ? "log" : "symlog";
    if (kind_ == Kind::symlog) scale["constant"] = c_;
    axis = {{"values", ticks(5)}, {"labelExpr", decade_label}};
  }
  return {{"field", field},
          {"type", "quantitative"},
          {"title", title},
          {"scale", scale},
          {"axis", axis}};
}

}  // namespace seedbed::analysis
