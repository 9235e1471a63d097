#pragma once
#include <span>
#include <vector>

#include "analysis/statistics/estimate.hpp"

namespace seedbed::statistics {

/// mean of x minus mean of y, and whether it could be chance.
struct Difference {
  Estimate estimate;
  double t = none, df = none;
  double p = none;  ///< Two-sided.
};

/// Welch's test: samples that are independent of each other, variances that may differ.
///
///   t = (mean x - mean y) / sqrt(a + b),  a = s_x^2/n, b = s_y^2/m
///   df = (a + b)^2 / (a^2/(n-1) + b^2/(m-1))
///
/// Without any spread t is ±infinity and p = 0, or 0 and 1 for equal means. NaN but for the
/// difference when a side has fewer than two values. Values are finite. Source: Welch 1947.
Difference welch(std::span<const double> x, std::span<const double> y, double level = 0.95);

/// Student's test of the differences x_i - y_i: values that belong together, such as replicates on
/// common noise. Throws Error when there are not as many of both.
Difference paired(std::span<const double> x, std::span<const double> y, double level = 0.95);

/// p-values of a family, each such that what stays below alpha is rejected with a chance of at most
/// alpha that any of them is wrongly so.
///
///   p'_(i) = max_{j <= i} min(1, (m - j + 1) p_(j))
///
/// NaN stays NaN and is not counted. Source: Holm 1979.
std::vector<double> holm(const std::vector<double>& p);

}  // namespace seedbed::statistics
