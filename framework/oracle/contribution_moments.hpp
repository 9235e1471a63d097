#pragma once
#include <vector>

#include "oracle/dense.hpp"

namespace seedbed {

/// Mean and covariance of the contribution g of one unit, exact up to rounding. Where units are
/// independent the gradient from N of them has covariance Cov(g)/N.
struct ContributionMoments {
  std::vector<double> mean;  ///< [d]
  Dense covariance;          ///< [d][d]

  double trace() const;  ///< E |g - E g|^2
};

/// What decides the variance of REINFORCE, g = Z (R - b), under every constant baseline b.
/// F is the Fisher matrix of the trajectory distribution.
struct ReinforceMoments {
  double J = 0.0;                ///< E R
  std::vector<double> gradient;  ///< [d] E Z R, the gradient of J
  Dense F{0, 0};                 ///< [d][d] E ZZ'
  Dense ZZR{0, 0}, ZZRR{0, 0};   ///< [d][d] E ZZ'R, E ZZ'R^2

  double best_baseline() const;                ///< Minimises the trace; 0 where Z = 0 surely.
  std::vector<double> best_baselines() const;  ///< [d] Minimise each component's variance.

  /// With one constant for all components, or b[j] for component j of theta.
  ContributionMoments with_baseline(double b) const;
  ContributionMoments with_baselines(const std::vector<double>& b) const;
};

/// E gg' - E g (E g)'.
Dense covariance_of(Dense second, const std::vector<double>& mean);

}  // namespace seedbed
