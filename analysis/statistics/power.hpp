#pragma once
#include <cstddef>
#include <optional>

namespace seedbed::statistics {

/// A two-sided t test of a difference of means, planned with what the spread is thought to be.
/// Values are taken to be normal. All functions throw Error unless effect and spread are positive
/// numbers, and level and power between 0 and 1.
struct PlannedTest {
  double deviation_x;  ///< Of a replicate; of paired replicates, of their difference.
  double deviation_y;  ///< 0 for paired replicates.
  bool is_paired;
  double alpha = 0.05;
};
inline PlannedTest paired_test(double deviation_of_difference, double alpha = 0.05) {
  return {deviation_of_difference, 0.0, true, alpha};
}
inline PlannedTest unpaired_test(double deviation_x, double deviation_y, double alpha = 0.05) {
  return {deviation_x, deviation_y, false, alpha};
}

/// The probability to find a true difference with n >= 2 replicates on each side:
///
///   P(|T| > t_{df, 1 - alpha/2}),   T noncentral t of df and effect sqrt(n / (s_x^2 + s_y^2))
///
/// df = n - 1 when paired; else Welch's, which is 2n - 2 for equal spread. Exact when paired or of
/// equal spread, else as good as Welch's df. Source: Cohen 1988, section 2.5.
double power_of(const PlannedTest& test, double effect, std::size_t n);

/// The fewest replicates on each side with at least this power; nullopt: more than 10^6.
std::optional<std::size_t> replicates_needed(const PlannedTest& test, double effect, double power);

/// The smallest true difference that n replicates find with this power.
double detectable_effect(const PlannedTest& test, std::size_t n, double power);

/// The deviation that n replicates show, over what it may be at this confidence: the ends of
/// s sqrt((n-1)/chi^2_{n-1}), as factors on s. How far a plan can be off.
struct Factors {
  double lower, upper;
};
Factors deviation_factors(std::size_t n, double level = 0.95);

}  // namespace seedbed::statistics
