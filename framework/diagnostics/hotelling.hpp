#pragma once
#include <cstdint>
#include <vector>

namespace seedbed {

/// Whether the mean of a vector differs from another one, in all components at once.
struct Hotelling {
  double T2, p;        ///< NaN where there are too few groups.
  std::uint64_t rank;  ///< r: the dimension of what was looked at.
};

/// A: columns of deviations, one per component of `difference`, with Cov(difference) = A'A; of it
/// `groups` are independent (BlockedSpread::deviations), and more rows may add known noise.
///
///   T^2 = difference' (A'A)^+ difference        F = T^2 (K - r) / (r (K - 1)) ~ F_{r, K-r}
///
/// By orthogonal columns, the one with the largest share left first. Only the span counts: scores
/// that sum to 0 make A'A singular, and a difference outside of what varied is not seen. Left out
/// too is a direction that a few of the groups carry, sum q^4 > 6/rows for its unit vector q
/// (3/rows is normal): there the mean and its error are wrong together, and p would be far too
/// small. At most K/2 directions are looked at. NaN where K <= r + 1, or r = 0. Source: Hotelling
/// 1931; Golub & Van Loan 2013, section 5.4.
Hotelling hotelling(const std::vector<double>& difference, const std::vector<double>& A,
                    std::uint64_t groups);

}  // namespace seedbed
