#pragma once
#include <span>

#include "analysis/statistics/estimate.hpp"

namespace seedbed::statistics {

/// y = c x^slope, by least squares on logarithms.
struct PowerLaw {
  Estimate slope;
  double factor = none;     ///< c
  double deviation = none;  ///< Residual standard deviation of log y; NaN of two points.
};

/// slope = S_xy/S_xx of (log x, log y), ± t_{n-2} sqrt(RSS/(n-2)/S_xx). Of two points there is no
/// interval. The interval takes points to be independent with equal relative errors. Throws Error
/// unless there are as many positive x as y, of at least two different x. Source: Draper & Smith
/// 1998, section 1.4.
PowerLaw log_log_slope(std::span<const double> x, std::span<const double> y, double level = 0.95);

}  // namespace seedbed::statistics
