#pragma once
#include <cstdint>
#include <vector>

#include "analysis/statistics/scores.hpp"

namespace seedbed::statistics {

/// Probability of improvement: that a run of x is above a run of y, a tie counting half, mean over
/// tasks.
///
///   P(X > Y) = 1/K sum_k 1/(n m) sum_ij c_ik d_jk S(x_ik, y_jk),   S = 1, 1/2, 0 for >, =, <
///
/// x [n][K] and y [m][K] may differ in runs, not in tasks. In O((n + m) K) for each resample, in
/// whole numbers. Throws Error. Source: Agarwal et al. 2021; Mann & Whitney 1947.
class Improvement {
 public:
  Improvement(const Scores& x, const Scores& y);
  double operator()(const Counts& c, const Counts& d) const;

 private:
  struct Entry {
    std::uint32_t place;  ///< In the counts of its side.
    bool is_x, ends_tie;
  };
  std::vector<std::vector<Entry>> tasks_;  ///< [task], by value, smallest first
  double pairs_;
};

double probability_of_improvement(const Scores& x, const Scores& y);

}  // namespace seedbed::statistics
