#pragma once
#include <vector>

#include "analysis/comparison/replicates.hpp"
#include "analysis/statistics/power.hpp"

namespace seedbed::comparison {

/// The replicates of two groups that are there.
struct Pairs {
  std::vector<double> a, b;
  bool is_paired;  ///< a[i] and b[i] are of one noise; then there are as many of both.

  bool are_finite() const;
  bool are_positive() const;
  std::size_t fewest() const { return a.size() < b.size() ? a.size() : b.size(); }
};

/// Paired when on common noise and at least two replicates are there on both sides; those alone
/// count then.
Pairs pairs_of(const Group& a, const Group& b, bool on_common_noise);

Pairs logarithms_of(const Pairs& values);  ///< Precondition: positive.

/// Ranks over both sides, ties sharing theirs; what is not finite is the worst.
Pairs ranks_of(const Pairs& values, Better better);

/// The t test of their difference, with the spread that they have; none where that is 0 or unknown.
std::optional<statistics::PlannedTest> planned_test(const Pairs& values, double alpha);

}  // namespace seedbed::comparison
