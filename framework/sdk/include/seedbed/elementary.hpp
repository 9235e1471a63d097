#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <seedbed/pack.hpp>

#if !defined(__FMA__)
#error "seedbed/elementary.hpp needs fused multiply-add: compile with -march=x86-64-v3 or more"
#endif

/// exp, log, sin and cos of one number, written so that a compiler turns a loop over them into
/// vector code: no branch, no table, no call. Every operation is one of IEEE 754 (fma included), so
/// the bits are the same in scalar code and at every vector width (-ffp-contract=off). exp and log
/// are within 1 ulp. What takes `Real` takes packs as well (pack.hpp).
/// Coefficients: minimax polynomials (Remez) of our own, relative error below 2^-55
/// (log 1 + x) or 2^-58.
namespace seedbed::elementary {

inline double fma(double a, double b, double c) {
  return std::fma(a, b, c);
}
inline double sqrt(double x) {
  return std::sqrt(x);
}

/// c[0] + c[1] x + ... of at least two coefficients. The even powers and the odd ones are summed
/// apart, each from the highest down, so that fewer operations wait for one another.
template <class Real, std::size_t n>
[[gnu::always_inline]] inline Real polynomial(Real x, const double (&c)[n]) {
  const Real y = x * x;
  Real last = c[n - 1], other = c[n - 2];
#pragma GCC unroll 32
  for (std::size_t k = n - 1; k >= 2; --k) {
    const Real sum = fma(last, y, Real(c[k - 2]));
    last = other;
    other = sum;
  }
  return fma(last, x, other);
}

inline constexpr double log2e = 0x1.71547652b82fep0;
inline constexpr double ln2_high = 0x1.62e42fefa39efp-1, ln2_low = 0x1.abc9e3b39803fp-56;

/// (e^r - 1 - r) / r^2 of |r| <= log(2)/2
template <class Real>
[[gnu::always_inline]] inline Real exp_beyond_linear(Real r) {
  return polynomial(r, {0.5, 0x1.5555555555558p-3, 0x1.5555555555556p-5, 0x1.111111110f808p-7,
                        0x1.6c16c16c15dc9p-10, 0x1.a01a01b009f7fp-13, 0x1.a01a01a934f28p-16,
                        0x1.71ddf6ba2d6e7p-19, 0x1.27e4d4d7754e0p-22, 0x1.af631f15c1b57p-26,
                        0x1.1f7f21237794fp-29});
}

/// e^r - 1 of r = x - n log 2, |r| <= log(2)/2
template <class Real>
[[gnu::always_inline]] inline Real expm1_of_rest(Real x, Real n) {
  const Real r = fma(-n, Real(ln2_low), fma(-n, Real(ln2_high), x));
  return fma(r * r, exp_beyond_linear(r), r);
}

/// e^x = 2^n e^(x - n log 2). Denormal results are rounded twice; beyond them 0 and infinity. NaN
/// stays.
[[gnu::always_inline]] inline double exp(double x) {
  constexpr double shift = 0x1.8p52;
  const double above = x > 710.0 ? 710.0 : x, y = above < -746.0 ? -746.0 : above;
  const double n = std::fma(y, log2e, shift) - shift, p = expm1_of_rest(y, n) + 1.0;
  // 2^n as two powers, each within the exponents of normal numbers.
  const double half = std::fma(n, 0.5, shift) - shift, rest = n - half;
  return p * power_of_last_bits(half + (shift + 1023.0)) *
         power_of_last_bits(rest + (shift + 1023.0));
}

/// exp(x) of x <= 0, the same bits down to e^-708, which everything below gives. NaN stays.
template <class Real>
[[gnu::always_inline]] inline Real exp_of_negative(Real x) {
  constexpr double shift = 0x1.8p52 + 1023.0;  // the last bits of n + shift are those of 2^n
  const Real y = max(Real(-708.0), x), shifted = fma(y, Real(log2e), Real(shift));
  const Real power = power_of_last_bits(shifted);
  return fma(expm1_of_rest(y, shifted - shift), power, power);
}

/// Of positive normal numbers (is_normal); NaN stays, what others give means nothing.
///   log x = k log 2 + log m,   x = 2^k m, m in [sqrt 1/2, sqrt 2)
///   log m = 2 artanh s = f - s (f - s^2 P(s^2)),   f = m - 1, s = f / (2 + f)
template <class Real>
[[gnu::always_inline]] inline Real log(Real x) {
  constexpr std::int64_t one = 0x3ff0000000000000, root = 0x3fe6a09e667f3bcd;  // 1, sqrt 1/2
  const Real y = plus_in_bits(x, one - root), k = exponent_above_2_52(y) - (0x1p52 + 1023.0);
  const Real m = plus_in_bits(without_exponent(y), root);
  const Real f = m - 1.0, s = f / (2.0 + f), z = s * s;
  const Real R =
      z * polynomial(z, {0x1.5555555555592p-1, 0x1.999999997fd77p-2, 0x1.24924941f4f5fp-2,
                         0x1.c71c52060dda4p-3, 0x1.74663fa0bb0f1p-3, 0x1.39a1a71ff0a49p-3,
                         0x1.2f0632cb74c93p-3});
  return fma(k, Real(ln2_high), f - fma(s, f - R, -k * ln2_low)) + (x - x);
}

/// log(1 + x) of x in [0, 1], within 1 ulp:   x + x q(x - 1/2). NaN stays.
template <class Real>
[[gnu::always_inline]] inline Real log1p_of_zero_to_one(Real x) {
  const Real q =
      polynomial(x - 0.5, {-0x1.833704d019ed0p-3,  -0x1.2773a5da90bd5p-2,  0x1.0f95b3dc0a10bp-3,
                           -0x1.1540afd54ca17p-4,  0x1.2bec9fba54fafp-5,   -0x1.50abf6ca7a754p-6,
                           0x1.83c50b0ca02c7p-7,   -0x1.c72c644b0c899p-8,  0x1.0f11920f15b53p-8,
                           -0x1.469c5042222a7p-9,  0x1.8d3f9ea8ffffcp-10,  -0x1.e6fd3b764ddf3p-11,
                           0x1.2c738998094efp-11,  -0x1.740d2ebc81c46p-12, 0x1.cfa06ad579426p-13,
                           -0x1.2a0a49429c286p-13, 0x1.785db3e1117cep-14,  -0x1.77c4e48a86d13p-15,
                           0x1.cdc901d53314bp-16,  -0x1.420ad57927e12p-15, 0x1.a42182c65741fp-16});
  return fma(x, q, x);
}

[[gnu::always_inline]] inline bool is_normal(double x) {
  return x >= std::numeric_limits<double>::min() && x <= std::numeric_limits<double>::max();
}

template <class Real>
struct SineCosine {
  Real sine, cosine;
};

inline constexpr double largest_angle = 0x1p20;

/// Of |r| <= pi/4:   sin r = r + r^3 S(r^2)   cos r = 1 - r^2/2 + r^4 C(r^2)   within 1.5 ulp
template <class Real>
[[gnu::always_inline]] inline SineCosine<Real> sincos_of_eighth(Real r) {
  const Real y = r * r;
  const Real S =
      polynomial(y, {-0x1.5555555555549p-3, 0x1.111111110f87ap-7, -0x1.a01a019c11992p-13,
                     0x1.71de3577b673fp-19, -0x1.ae5e663a73a9dp-26, 0x1.5d9300f45e3e5p-33});
  const Real C =
      polynomial(y, {0x1.555555555554cp-5, -0x1.6c16c16c1517ep-10, 0x1.a01a019cb1bddp-16,
                     -0x1.27e4f809f0b82p-22, 0x1.1ee9ebe93e759p-29, -0x1.8fae9c8034ed0p-37});
  const Real half = 0.5 * y, near = 1.0 - half;
  return {fma(y * r, S, r), near + fma(y * y, C, (1.0 - near) - half)};
}
inline constexpr double eighth = 0x1.921fb54442d17p-1;  // of a turn; the n of sincos is still 0

/// Of an angle n quarters of a turn further; the last bits of `turn` are those of n.
template <class Real>
[[gnu::always_inline]] inline SineCosine<Real> turned(SineCosine<Real> of, Real turn) {
  const auto odd = last_bit(turn);
  return {negated_by_bit_1(select(odd, of.cosine, of.sine), turn),
          negated_by_bit_1(select(odd, of.sine, of.cosine), turn + 1.0)};
}

/// Of |x| <= largest_angle; what others give means nothing. x = n pi/2 + r, |r| <= pi/4, turned by
/// n mod 4. n = 0 leaves the bits of sincos_of_eighth.
template <class Real>
[[gnu::always_inline]] inline SineCosine<Real> sincos(Real x) {
  constexpr double shift = 0x1.8p52, two_over_pi = 0x1.45f306dc9c883p-1;
  constexpr double high = 0x1.921fb54442d18p0, middle = 0x1.1a62633145c07p-54,
                   low = -0x1.f1976b7ed8fbcp-110;  // pi/2
  const Real turn = fma(x, Real(two_over_pi), Real(shift)), n = turn - shift;
  return turned(sincos_of_eighth(fma(-n, Real(low), fma(-n, Real(middle), fma(-n, Real(high), x)))),
                turn);
}

/// sin pi x, cos pi x of |x| <= largest_angle, within 2 ulp; what others give means nothing.
/// x = n/2 + r, |r| <= 1/4, turned by n mod 4.
template <class Real>
[[gnu::always_inline]] inline SineCosine<Real> sincospi(Real x) {
  constexpr double shift = 0x1.8p52, pi = 0x1.921fb54442d18p1;
  const Real turn = fma(x, Real(2.0), Real(shift));
  return turned(sincos_of_eighth(Real(pi) * fma(shift - turn, Real(0.5), x)), turn);
}

template <class Real>
struct TwoNormals {
  Real first, second;
};

/// Two standard normals of two uniforms in (0, 1), within 4 ulp:
///   sqrt(-2 log u) (cos 2 pi v, sin 2 pi v)   Box & Muller 1958
template <class Real>
[[gnu::always_inline]] inline TwoNormals<Real> box_muller(Real u, Real v) {
  const Real radius = sqrt(-2.0 * log(u));
  const auto [sine, cosine] = sincospi(2.0 * v);
  return {radius * cosine, radius * sine};
}

}  // namespace seedbed::elementary
