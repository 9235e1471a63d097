#pragma once
#include <cstdint>
#include <vector>

namespace seedbed {

/// Whether the mean of a vector differs from another one, in all components at once.
struct Hotelling {
  double T2, p;        ///< NaN where M <= rank + 1, or where there is no covariance.
  std::uint64_t rank;  ///< r: the dimension of the span of the vectors, up to rounding.
};

/// V: the covariance matrix of `difference`, row after row, from M vectors. Only the span counts:
/// scores that sum to 0 make V singular, and a difference outside of what varied is not seen.
///
///   T^2 = difference' V^+ difference        F = T^2 (M - r) / (r (M - 1)) ~ F_{r, M-r}
///
/// By Cholesky's factors of V as a correlation matrix, the largest pivot first, until none is above
/// 10^-8. The law of F is that of normal vectors, or of many: a component that few of the M see
/// makes p too small. Source: Hotelling 1931; Higham 2002, section 10.3.
Hotelling hotelling(const std::vector<double>& difference, const std::vector<double>& V,
                    std::uint64_t M);

}  // namespace seedbed
