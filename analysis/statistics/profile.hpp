#pragma once
#include <span>
#include <vector>

#include "analysis/statistics/scores.hpp"

namespace seedbed::statistics {

/// Performance profile (run-score distribution): the share of runs above each level tau, all tasks
/// weighing the same.
///
///   F(tau) = 1/(n K) sum_ik c_ik [x_ik > tau]
///
/// `levels` in ascending order. Throws Error. Source: Agarwal et al. 2021, equation 3.
class Profile {
 public:
  Profile(const Scores& scores, const std::vector<double>& levels);
  std::size_t size() const { return levels_; }
  /// F at every level, into `share` [size()].
  void operator()(const Counts& counts, std::span<double> share) const;

 private:
  std::size_t levels_;
  std::vector<std::size_t> passed_;  ///< Of each score: how many levels it is above.
};

std::vector<double> performance_profile(const Scores& scores, const std::vector<double>& levels);

/// Levels from the smallest to the largest score at which the profile changes, at most `most` >= 2:
/// every score, or evenly many of them.
std::vector<double> profile_levels(const Scores& scores, std::size_t most = 200);

}  // namespace seedbed::statistics
