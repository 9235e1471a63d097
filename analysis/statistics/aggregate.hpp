#pragma once
#include <cstdint>
#include <vector>

#include "analysis/statistics/scores.hpp"

/// One number for scores x[run][task]. Each is a function of the counts c of a resample; the value
/// for the sample itself, c = 1, is the function of the scores below it. Constructors throw Error
/// (expect_scores). Sums have a fixed order. Source: Agarwal et al. 2021, section 4; they agree
/// with google-research/rliable to 1e-12.
namespace seedbed::statistics {

/// 1/(n K) sum_ik c_ik x_ik
class Mean {
 public:
  explicit Mean(const Scores& scores);
  double operator()(const Counts& counts) const;

 private:
  Scores x_;
};

/// The middle of the tasks' means (of an even number, the mean of the two middle ones). Of one task
/// it is the mean.
class Median {
 public:
  explicit Median(const Scores& scores);
  double operator()(const Counts& counts) const;

 private:
  Scores x_;
};

/// The mean of what is left of all N = n K scores in order, floor(N/4) cut off at each end.
class InterquartileMean {
 public:
  explicit InterquartileMean(const Scores& scores);
  double operator()(const Counts& counts) const;

 private:
  std::vector<double> sorted_;
  std::vector<std::uint32_t> place_;  ///< Of each in the counts.
};

/// gamma - mean of min(x, gamma): how far, on average, runs fall short of the level gamma.
class OptimalityGap {
 public:
  explicit OptimalityGap(const Scores& scores, double gamma = 1.0);
  double operator()(const Counts& counts) const;

 private:
  double gamma_;
  Mean capped_;
};

double mean(const Scores& scores);
double median(const Scores& scores);
double interquartile_mean(const Scores& scores);
double optimality_gap(const Scores& scores, double gamma = 1.0);

}  // namespace seedbed::statistics
