#pragma once
#include <seedbed/simd.hpp>

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
template <class Real>
struct TanhFraction {
  using S = Simd<Real>;
  using Register = typename S::Register;
  Register N, D;

  explicit TanhFraction(Register x) {
    using T = TanhTable<Real>;
    const Register shift = S::all(T::shift), scale = S::all(Real(2.8853900817779268));  // 2 / log 2
    const Register limit = S::all(T::bound / Real(2.8853900817779268));
    const Register y = S::max(S::all(Real(0)) - limit, S::min(limit, x));
    const Register t = S::fma(y, scale, shift), f = S::fms(y, scale, t - shift), z = f * f;
    Register p = S::all(T::P[T::terms - 1]), v = S::all(T::Q[T::terms - 1]);
    for (std::size_t i = T::terms - 1; i-- > 0;) {
      p = S::fma(p, z, S::all(T::P[i]));
      v = S::fma(v, z, S::all(T::Q[i]));
    }
    const Register u = f * p, power = S::power(t);
    const Register less = power - S::all(Real(1)), more = power + S::all(Real(1));
    N = S::fma(less, v, more * u);
    D = S::fma(more, v, less * u);
  }
};

/// a = tanh a and b = tanh b within 4 ulp, for one division: N_a / D_a = N_a D_b / (D_a D_b).
template <class Real>
inline void tanh_pair(typename Simd<Real>::Register& a, typename Simd<Real>::Register& b) {
  const TanhFraction<Real> x(a), y(b);
  const auto inverse = Simd<Real>::all(Real(1)) / (x.D * y.D);
  a = x.N * (inverse * y.D);
  b = y.N * (inverse * x.D);
}

}  // namespace seedbed
