#pragma once
#include <string>

namespace seedbed::analysis {

/// To `digits` significant digits; scientific below 1e-4 and from 1e5 on; "-" for NaN.
std::string rounded(double value, int digits = 4);

/// A half width to two significant digits, and a mean to the same decimal place.
struct MeanText {
  std::string mean, half_width;
};
MeanText rounded_mean(double mean, double half_width);

/// Shortest text that reads back as the same double; "" for NaN.
std::string exact(double value);

}  // namespace seedbed::analysis
