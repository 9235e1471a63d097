#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace seedbed {

/// Where there is no value.
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A mean with the half width of its 95 % interval.
struct Interval {
  double mean, half_width;
  std::uint64_t n;  ///< Values that went in.
};

/// Over the finite values x_1 .. x_n alone; callers report how many were not finite.
///
///   mean ± t_{n-1, 0.975} s / sqrt(n),   s^2 = sum (x_i - mean)^2 / (n - 1)
///
/// n = 0: both NaN; n = 1: the half width is NaN.
Interval mean_interval(std::span<const double> values);

/// Middle of the sorted values, or mean of the two middle ones; a NaN counts as -infinity, since a
/// run that broke is no better than any other. NaN when there are none.
double median(std::vector<double> values);

/// Of the returns of one replicate, iteration by iteration, none missing: the mean over their last
/// tenth; and whether that is not finite, or further below the first one than ten times its size.
double final_return(std::span<const double> curve);
bool has_diverged(std::span<const double> curve);

}  // namespace seedbed
