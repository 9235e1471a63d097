#pragma once
#include <cstddef>
#include <span>

#include "analysis/statistics/estimate.hpp"

namespace seedbed::statistics {

/// What a tolerance interval promises: that it holds a share `content` of all replicates there
/// could be, with probability `confidence`. A confidence interval of the mean says nothing of where
/// the next replicate lies; this does.
struct Tolerance {
  double content = 0.9, confidence = 0.95;
};

/// k of mean ± k s for n normal values, exact:
///
///   confidence = E P(chi^2_{n-1} >= (n-1) r(Z)^2 / k^2),  Z ~ N(0, 1/n),
///   Phi(Z + r) - Phi(Z - r) = content
///
/// Throws Error unless n >= 2 and both shares are between 0 and 1. Source: Odeh & Owen 1980;
/// Krishnamoorthy & Mathew 2009, equation 2.3.5.
double tolerance_factor(std::size_t n, const Tolerance& promise);

/// k of mean + k s, one-sided, exact: t'_{n-1; confidence}(z_content sqrt(n)) / sqrt(n), with t'
/// noncentral. Source: the same, equation 2.2.3.
double one_sided_tolerance_factor(std::size_t n, const Tolerance& promise);

/// mean with mean ± k s. Values are taken to be normal.
Estimate tolerance_interval(std::span<const double> values, const Tolerance& promise);

/// The share of all replicates that the range from the smallest to the largest of n holds with
/// this confidence, whatever their continuous distribution: the quantile 1 - confidence of
/// Beta(n - 1, 2). 0 for n < 2. Source: Wilks 1941.
double content_of_range(std::size_t n, double confidence = 0.95);

}  // namespace seedbed::statistics
