#pragma once
#include <seedbed/pack.hpp>

namespace seedbed {

/// Coefficients of tanh(f log(2) / 2) = f P(f^2) / Q(f^2), |f| <= 1/2: rational interpolation at
/// Chebyshev nodes, relative error 5e-18 (double) and 6e-10 (float).
template <class Real>
struct TanhTable;
template <>
struct TanhTable<double> {
  static constexpr double shift = 0x1.8p52 + 1023.0, bound = 58.0;
  static constexpr double P[] = {0x1.62e42fefa39efp-2, 0x1.2f17f593f8275p-8, 0x1.62cf6948eba92p-18};
  static constexpr double Q[] = {1.0, 0x1.b54ea2363e3e4p-5, 0x1.e01bca4886992p-13};
  static constexpr std::size_t terms = 3;
};
template <>
struct TanhTable<float> {
  static constexpr float shift = 0x1.8p23f + 127.0f, bound = 30.0f;
  static constexpr float P[] = {0x1.62e42fec72622p-2f, 0x1.6b48b15108fb5p-9f};
  static constexpr float Q[] = {1.0f, 0x1.89809fa859214p-5f};
  static constexpr std::size_t terms = 2;
};

/// tanh x = N / D. With 2 x / log 2 = k + f, S = 2^k, u = f P(f^2), v = Q(f^2):
///
///   e^{2x} = S (v + u) / (v - u)        N = (S - 1) v + (S + 1) u        D = (S + 1) v + (S - 1) u
///
/// so that nothing cancels near 0.
template <class Real, std::size_t parts>
struct TanhFraction {
  using P = Pack<parts, Real>;
  P N, D;

  [[gnu::always_inline]] explicit TanhFraction(P x) {
    using T = TanhTable<Real>;
    constexpr Real scale = Real(2.8853900817779268), limit = T::bound / scale;  // 2 / log 2
    const P y = max(P(-limit), min(P(limit), x));
    const P t = fma(y, P(scale), P(T::shift)), f = fma(y, P(scale), -(t - T::shift)), z = f * f;
    P p = T::P[T::terms - 1], v = T::Q[T::terms - 1];
    for (std::size_t i = T::terms - 1; i-- > 0;) {
      p = fma(p, z, P(T::P[i]));
      v = fma(v, z, P(T::Q[i]));
    }
    const P u = f * p, power = power_of_last_bits(t), less = power - Real(1),
            more = power + Real(1);
    N = fma(less, v, more * u);
    D = fma(more, v, less * u);
  }
};

/// a = tanh a and b = tanh b within 4 ulp, for one division: N_a / D_a = N_a D_b / (D_a D_b).
template <class Real, std::size_t parts>
[[gnu::always_inline]] inline void tanh_pair(Pack<parts, Real>& a, Pack<parts, Real>& b) {
  const TanhFraction<Real, parts> x(a), y(b);
  const auto inverse = Real(1) / (x.D * y.D);
  a = x.N * (inverse * y.D);
  b = y.N * (inverse * x.D);
}

}  // namespace seedbed
