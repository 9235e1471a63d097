#pragma once
#include <limits>

namespace seedbed::statistics {

/// Where there is no number.
inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// A number with the ends of its interval; NaN where there is none.
struct Estimate {
  double value = none, lower = none, upper = none;
};

}  // namespace seedbed::statistics
