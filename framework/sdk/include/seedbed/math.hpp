#pragma once
#include <sleef.h>

#include <cmath>
#include <cstddef>
#include <seedbed/eights.hpp>
#include <seedbed/elementary.hpp>
#include <seedbed/pack.hpp>

/// Transcendental functions with the same bits on every machine and at every width, never libm:
/// our own polynomials where they are fast (elementary.hpp), SLEEF's `finz` family (fused
/// multiply-add, flushed the same way everywhere) for the rest. Arrays may overlap only where they
/// are the same.
namespace seedbed::math {

inline double exp(double x) {
  return elementary::exp(x);
}
inline double log(double x) {
  return elementary::is_normal(x) ? elementary::log(x) : Sleef_finz_logd1_u10purecfma(x);
}
inline elementary::SineCosine<double> sincos(double x) {
  if (std::abs(x) <= elementary::largest_angle) return elementary::sincos(x);
  const auto of = Sleef_finz_sincosd1_u10purecfma(x);
  return {of.x, of.y};
}
template <std::size_t parts>
[[gnu::noinline]] elementary::SineCosine<Pack<parts>> sincos_of_each(Pack<parts> x) {
  double angle[Pack<parts>::size], sine[Pack<parts>::size], cosine[Pack<parts>::size];
  x.store(angle);
  for (std::size_t j = 0; j < Pack<parts>::size; ++j) {
    const auto [s, c] = sincos(angle[j]);
    sine[j] = s;
    cosine[j] = c;
  }
  return {Pack<parts>::load(sine), Pack<parts>::load(cosine)};
}
template <std::size_t parts>
[[gnu::always_inline]] inline elementary::SineCosine<Pack<parts>> sincos(Pack<parts> x) {
  const Pack<parts> size = abs(x);
  if (all(size <= elementary::eighth)) return elementary::sincos_of_eighth(x);
  if (all(size <= elementary::largest_angle)) return elementary::sincos(x);
  return sincos_of_each(x);
}
inline double tanh(double x) {
  return Sleef_finz_tanhd1_u10purecfma(x);
}

/// y[j] = exp(x[j])
inline void exp(const double* x, double* y, std::size_t n) {
#pragma omp simd
  for (std::size_t j = 0; j < n; ++j) y[j] = elementary::exp(x[j]);
}

/// y[j] = log(x[j])
inline void log(const double* x, double* y, std::size_t n) {
  double odd = 0.0;
#pragma omp simd reduction(+ : odd)
  for (std::size_t j = 0; j < n; ++j) odd += elementary::is_normal(x[j]) ? 0.0 : 1.0;
  if (odd == 0.0) {
#pragma omp simd
    for (std::size_t j = 0; j < n; ++j) y[j] = elementary::log(x[j]);
  } else {
    for (std::size_t j = 0; j < n; ++j) y[j] = log(x[j]);
  }
}

/// s[j] = sin(x[j]), c[j] = cos(x[j])
inline void sincos(const double* x, double* s, double* c, std::size_t n) {
  in_packs(n, [&](auto lanes) {
    const auto [sine, cosine] = sincos(lanes.load(x));
    lanes.store(s, sine);
    lanes.store(c, cosine);
  });
}

#if defined(__AVX512F__)
#define SEEDBED_SLEEF(name, ulp) Sleef_finz_##name##d8_##ulp##avx512f
#else
#define SEEDBED_SLEEF(name, ulp) Sleef_finz_##name##d4_##ulp##avx2
#endif

/// y[j] = tanh(x[j])
inline void tanh(const double* x, double* y, std::size_t n) {
  using S = Simd<double>;
  std::size_t j = 0;
  for (; j + S::width <= n; j += S::width)
    S::store(y + j, SEEDBED_SLEEF(tanh, u10)(S::load(x + j)));
  for (; j < n; ++j) y[j] = tanh(x[j]);
}

#undef SEEDBED_SLEEF

/// sum_j x[j], in eights.
inline double sum(const double* x, std::size_t n) {
  return sum_in_eights(n, [=](auto lanes) { return lanes.load(x); });
}

/// sum_j x[j] y[j], in eights.
inline double dot(const double* x, const double* y, std::size_t n) {
  return sum_in_eights(n, [=](auto lanes) { return lanes.load(x) * lanes.load(y); });
}

}  // namespace seedbed::math
