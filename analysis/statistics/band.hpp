#pragma once
#include <cstdint>
#include <vector>

#include "analysis/statistics/estimate.hpp"
#include "analysis/statistics/scores.hpp"

namespace seedbed::statistics {

/// A mean curve and what lies around it, one entry per point.
struct Band {
  std::vector<double> value, lower, upper;
  double factor = none;  ///< How many standard errors wide on each side.
};

/// curves[replicate][point] -> mean ± t_{n-1} s/sqrt(n) at each point: it holds each point of the
/// true mean curve with probability `level`, and all of them with less. Throws Error unless all
/// are finite; of one replicate lower and upper are NaN.
Band pointwise_band(const Scores& curves, double level = 0.95);

struct BandSettings {
  double level = 0.95;
  std::uint64_t key = 0;  ///< key_of(suite hash)
  std::uint32_t draws = 4000;
};

/// mean ± q s/sqrt(n) with one q such that the band holds the whole true mean curve with
/// probability `level`: q is the quantile of the largest studentised deviation when the signs g_r
/// of whole replicates' residuals e_r = x_r - mean are flipped at random,
///
///   max_i |T_i|,  T_i = sqrt(n-1) S_i / sqrt(n - S_i^2),  S_i = sum_r g_r e_ri / sqrt(sum_r
///   e_ri^2)
///
/// by `draws` draws of noise by name; at least the pointwise quantile of Student's t, and at most
/// that of Bonferroni, (1 - level) over the number of points. Of one point it is the pointwise
/// band. A point at which replicates agree exactly has no width. Coverage is 0.93 to 0.96 for 5 to
/// 50 replicates (band_test.cpp); a multivariate t of the estimated correlation, tried first, had
/// 0.80 for 5 and 0.90 for 12. Source: Westfall & Young 1993, section 2.5; Wu 1986.
Band simultaneous_band(const Scores& curves, const BandSettings& settings);

/// Area under each curve over x, as a mean height: by trapezoids, over x_last - x_first. Of one
/// point its value. x ascends; throws Error otherwise.
std::vector<double> mean_heights(const std::vector<double>& x, const Scores& curves);

/// Their mean over replicates, with Student's interval.
Estimate area_under_curve(const std::vector<double>& x, const Scores& curves, double level = 0.95);

}  // namespace seedbed::statistics
