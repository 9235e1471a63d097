#pragma once
#include <span>
#include <vector>

#include "analysis/report/points.hpp"

namespace seedbed::analysis {

/// An axis of a figure: its kind from the data, its ends, and where its marks stand.
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

  /// About `count` decades of a log or symlog axis; round numbers of a short one.
  std::vector<double> ticks(int count) const;
  Kind kind() const { return kind_; }
  double low() const { return low_; }
  double high() const { return high_; }

  /// {"field", "type": "quantitative", "title", "scale", "axis"} of a Vega-Lite encoding.
  Json encoding(const std::string& field, const std::string& title) const;

 private:
  Kind kind_;
  double low_, high_, c_;
};

}  // namespace seedbed::analysis
