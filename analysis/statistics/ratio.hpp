#pragma once
#include <span>

#include "analysis/statistics/difference.hpp"
#include "analysis/statistics/estimate.hpp"

namespace seedbed::statistics {

/// Of two variances, with Fisher's interval: s_x^2/s_y^2 over the quantiles of F_{n-1, m-1}. Exact
/// for normal values, far off for others: an F test looks at the fourth moment as much as at the
/// second. NaN where a side has fewer than two values or s_y = 0.
struct VarianceRatio {
  Estimate ratio;
  double p = none;  ///< Two-sided, of equal variances.
};
VarianceRatio variance_ratio(std::span<const double> x, std::span<const double> y,
                             double level = 0.95);

/// A difference of logarithms as a ratio: e^difference with e^ends, and t, df, p as they are. For
/// quantities that are positive, such as measured variances: welch(log x, log y) is the ratio of
/// geometric means.
Difference as_ratio(const Difference& of_logarithms);

/// log x_i. Throws Error unless all are positive; `where` begins the message.
std::vector<double> logarithms(std::span<const double> x, const char* where);

}  // namespace seedbed::statistics
