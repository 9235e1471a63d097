#pragma once
#include <span>
#include <string>
#include <vector>

namespace seedbed::analysis {

struct Tick {
  double value;
  std::string label;
};

/// How a number becomes a place on an axis, 0 at its low end and 1 at its high end.
///
///   linear: x      log: log10 x      symlog: sign(x) log10(1 + |x| / c)
class Scale {
 public:
  enum class Kind { linear, log, symlog };

  Scale(Kind kind, double low, double high, double c = 1);
  /// For an axis over these values: linear, or log or symlog when their sizes span more than two
  /// decades; a little room at both ends.
  static Scale over(std::span<const double> values);
  static Scale logarithmic(std::span<const double> positive_values);

  double operator()(double value) const;
  /// About `count` round numbers, decades on a logarithmic axis.
  std::vector<Tick> ticks(int count) const;
  Kind kind() const { return kind_; }
  double low() const { return low_; }
  double high() const { return high_; }

 private:
  double transformed(double value) const;
  std::vector<Tick> linear_ticks(int count) const;
  std::vector<Tick> decades(int count) const;

  Kind kind_;
  double low_, high_, c_;
};

}  // namespace seedbed::analysis
