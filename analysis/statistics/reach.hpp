#pragma once
#include <span>
#include <vector>

#include "analysis/statistics/estimate.hpp"

namespace seedbed::statistics {

/// When one replicate first reached a level; censored: it had not by then, when it was last seen.
struct Reach {
  double steps;
  bool reached;
};

/// The first of `steps` at which `curve` is at least `level`, without interpolation. A value that
/// is not finite reaches nothing. Not reached: censored at the last of `steps`, also where the
/// curve diverged earlier: it would never have come back, so it stays at risk to the end.
/// Precondition: as many of both, at least one, steps ascend.
Reach first_reach(std::span<const double> steps, std::span<const double> curve, double level);

/// Kaplan and Meier's estimate of S(t), the share of replicates that have not reached the level by
/// t. Censoring has to say nothing of what would have come: true of a common end of all runs.
///
///   S(t) = prod_{t_i <= t} (1 - d_i/n_i)    Var S(t) = S(t)^2 sum d_i / (n_i (n_i - d_i))
///
/// d_i of the n_i that were still under way reach it at t_i. Source: Kaplan & Meier 1958; Greenwood
/// 1926. Throws Error when there are no replicates.
class SampleEfficiency {
 public:
  explicit SampleEfficiency(std::vector<Reach> replicates);

  struct Step {
    double steps, survival, error;
  };
  const std::vector<Step>& curve() const { return curve_; }  ///< At each t_i.
  std::size_t reached() const { return reached_; }
  std::size_t replicates() const { return all_.size(); }

  /// First t with S(t) <= 1/2, NaN when half never reach it; the ends are the first t at which the
  /// interval of log(-log S(t)) goes below, and leaves, 1/2; NaN: beyond what was seen. Source:
  /// Brookmeyer & Crowley 1982.
  Estimate median(double level = 0.95) const;

  /// Mean of min(T, horizon): the area under S up to it, so that who never reaches the level counts
  /// with the whole horizon. Its error is Greenwood's times sqrt(n/(n-1)), which without censoring
  /// before the horizon is s/sqrt(n), and Student's interval. Throws Error beyond the last
  /// replicate seen. Source: Klein & Moeschberger 2003, section 4.5.
  Estimate restricted_mean(double horizon, double level = 0.95) const;

 private:
  std::vector<Reach> all_;
  std::vector<Step> curve_;
  std::vector<double> at_risk_, events_;  ///< n_i, d_i
  std::size_t reached_ = 0;
};

}  // namespace seedbed::statistics
