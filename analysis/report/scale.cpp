#include "analysis/report/scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace seedbed::analysis {

namespace {

const std::string minus = "\u2212";

std::string superscript(int power) {
  static const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = power < 0 ? "⁻" : "";
  for (const char c : std::to_string(std::abs(power))) text += digits[c - '0'];
  return text;
}

// k 10^power, |k| in 1, 2, 5.
std::string decade_label(double value) {
  const double size = std::abs(value);
  const int power = static_cast<int>(std::floor(std::log10(size) + 1e-9));
  const int digit = static_cast<int>(std::lround(size / std::pow(10.0, power)));
  const std::string sign = value < 0 ? minus : "";
  if (power >= -2 && power <= 3)
    return sign + fmt::format("{:.{}f}", size, std::max(0, -power));
  return sign + (digit == 1 ? "" : std::to_string(digit) + "·") + "10" + superscript(power);
}

std::string linear_label(double value, double step) {
  const double size = std::abs(value);
  const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  std::string text = size >= 1e6 || decimals > 5 ? fmt::format("{:.3g}", size)
                                                 : fmt::format("{:.{}f}", size, decimals);
  return (value < 0 ? minus : "") + text;
}

}  // namespace

Scale::Scale(Kind kind, double low, double high, double c)
    : kind_(kind), low_(low), high_(high), c_(c) {}

double Scale::transformed(double value) const {
  if (kind_ == Kind::linear) return value;
  if (kind_ == Kind::log) return std::log10(value);
  return std::copysign(std::log10(1 + std::abs(value) / c_), value);
}

double Scale::operator()(double value) const {
  const double low = transformed(low_), high = transformed(high_);
  return (transformed(value) - low) / (high - low);
}

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

std::vector<Tick> Scale::ticks(int count) const {
  if (kind_ == Kind::linear) return linear_ticks(count);
  return decades(count);
}

std::vector<Tick> Scale::linear_ticks(int count) const {
  const double raw = (high_ - low_) / count;
  const double decade = std::pow(10.0, std::floor(std::log10(raw)));
  const double digits = raw / decade;
  const double step = decade * (digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10);
  std::vector<Tick> ticks;
  for (double k = std::ceil(low_ / step - 1e-9); k * step <= high_ + 1e-9 * step; ++k)
    ticks.push_back({k == 0 ? 0 : k * step, linear_label(k * step, step)});
  return ticks;
}

std::vector<Tick> Scale::decades(int count) const {
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
  std::vector<Tick> ticks;
  for (const double value : values)
    if (value >= low_ && value <= high_)
      ticks.push_back({value, value == 0 ? "0" : decade_label(value)});
  std::ranges::sort(ticks, {}, &Tick::value);
  return ticks;
}

}  // namespace seedbed::analysis
