#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

namespace seedbed::limit {

/// c_n x^n + ... + c_0, given from c_n on.
template <class Real, class... More>
[[gnu::always_inline]] inline Real polynomial(Real x, Real first, More... more) {
  Real p = first;
  ((p = std::fma(p, x, Real(more))), ...);
  return p;
}

/// e^x for |x| < 700, within 2 units in the last place: x = n log 2 + r, |r| <= log 2 / 2.
inline double exp(double x) {
  constexpr double shift = 0x1.8p52, log2e = 1.4426950408889634;
  constexpr double ln2_high = 0x1.62e42fefa39efp-1, ln2_low = 0x1.abc9e3b39803fp-56;
  const double shifted = std::fma(x, log2e, shift), n = shifted - shift;
  const double r = std::fma(-n, ln2_low, std::fma(-n, ln2_high, x));
  const double p =
      polynomial(r, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320,
                 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0, 1.0);
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(p) +
                               (std::bit_cast<std::uint64_t>(shifted) << 52));
}

/// log(1 + e) for 0 <= e <= 1: 2 (s + s^3/3 + ...), s = e / (2 + e).
inline double log1p(double e) {
  const double s = e / (2.0 + e), s2 = s * s;
  return 2.0 * s *
         polynomial(s2, 1.0 / 31, 1.0 / 29, 1.0 / 27, 1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19,
                    1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 0.2, 1.0 / 3, 1.0);
}

/// sin and cos for |x| <= pi/4.
inline void small_sincos(double x, double& sine, double& cosine) {
  const double y = x * x;
  sine = x * polynomial(y, -1.0 / 1307674368000, 1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880,
                        -1.0 / 5040, 1.0 / 120, -1.0 / 6, 1.0);
  cosine = polynomial(y, -1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320,
                      -1.0 / 720, 1.0 / 24, -0.5, 1.0);
}

}  // namespace seedbed::limit
