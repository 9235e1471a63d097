#pragma once
#include <limits>

namespace seedbed {

/// A number with the ends of its 95 % interval; NaN where there is none.
struct Measured {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();

  double value = none, lower = none, upper = none;
};

/// The same interval in another unit; `factor` > 0.
inline Measured operator*(double factor, const Measured& x) {
  return {factor * x.value, factor * x.lower, factor * x.upper};
}

}  // namespace seedbed
