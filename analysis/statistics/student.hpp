#pragma once
#include <span>

#include "analysis/statistics/estimate.hpp"

namespace seedbed::statistics {

/// q with P(|T| <= q) = level for Student's T of `df` degrees of freedom, which need not be whole.
/// Throws Error unless 0 < level < 1; NaN where df is not positive.
double student_quantile(double level, double df);

/// P(|T| > |t|). Of t = ±infinity 0; NaN of NaN.
double student_tail(double t, double df);

/// mean ± q s / sqrt(n), q of Student's t with n - 1. No interval of fewer than two values.
Estimate mean_with_interval(std::span<const double> values, double level = 0.95);

/// Sample variance sum (x_i - mean)^2 / (n - 1), summed in order; NaN of fewer than two values.
double sample_variance(std::span<const double> values);

}  // namespace seedbed::statistics
