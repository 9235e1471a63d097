#pragma once
#include <immintrin.h>
#include <sleef.h>

#include <cstddef>

#if !defined(__FMA__)
#error "seedbed/math.hpp needs fused multiply-add: compile with -march=x86-64-v3 or more"
#endif

/// Transcendental functions with the same bits on every machine and at every width: SLEEF's `finz`
/// family (fused multiply-add, flushed the same way everywhere), never libm. Arrays may overlap
/// only where they are the same.
namespace seedbed::math {

inline double exp(double x) { return Sleef_finz_expd1_u10purecfma(x); }
inline double log(double x) { return Sleef_finz_logd1_u10purecfma(x); }
inline double tanh(double x) { return Sleef_finz_tanhd1_u10purecfma(x); }

#if defined(__AVX512F__)
#define SEEDBED_WIDTH 8
#define SEEDBED_LOAD _mm512_loadu_pd
#define SEEDBED_STORE _mm512_storeu_pd
#define SEEDBED_SLEEF(name, ulp) Sleef_finz_##name##d8_##ulp##avx512f
#elif defined(__AVX2__)
#define SEEDBED_WIDTH 4
#define SEEDBED_LOAD _mm256_loadu_pd
#define SEEDBED_STORE _mm256_storeu_pd
#define SEEDBED_SLEEF(name, ulp) Sleef_finz_##name##d4_##ulp##avx2
#endif

#if defined(SEEDBED_WIDTH)
#define SEEDBED_ELEMENTWISE(name)                                               \
  inline void name(const double* x, double* y, std::size_t n) {                 \
    std::size_t j = 0;                                                          \
    for (; j + SEEDBED_WIDTH <= n; j += SEEDBED_WIDTH)                          \
      SEEDBED_STORE(y + j, SEEDBED_SLEEF(name, u10)(SEEDBED_LOAD(x + j)));      \
    for (; j < n; ++j) y[j] = name(x[j]);                                       \
  }
#else
#define SEEDBED_ELEMENTWISE(name)                               \
  inline void name(const double* x, double* y, std::size_t n) { \
    for (std::size_t j = 0; j < n; ++j) y[j] = name(x[j]);      \
  }
#endif

SEEDBED_ELEMENTWISE(exp)   ///< y[j] = exp(x[j])
SEEDBED_ELEMENTWISE(log)   ///< y[j] = log(x[j])
SEEDBED_ELEMENTWISE(tanh)  ///< y[j] = tanh(x[j])

/// s[j] = sin(x[j]), c[j] = cos(x[j])
inline void sincos(const double* x, double* s, double* c, std::size_t n) {
  std::size_t j = 0;
#if defined(SEEDBED_WIDTH)
  for (; j + SEEDBED_WIDTH <= n; j += SEEDBED_WIDTH) {
    const auto sc = SEEDBED_SLEEF(sincos, u10)(SEEDBED_LOAD(x + j));
    SEEDBED_STORE(s + j, sc.x);
    SEEDBED_STORE(c + j, sc.y);
  }
#endif
  for (; j < n; ++j) {
    const auto sc = Sleef_finz_sincosd1_u10purecfma(x[j]);
    s[j] = sc.x;
    c[j] = sc.y;
  }
}

/// s[j] = sin(pi x[j]), c[j] = cos(pi x[j])
inline void sincospi(const double* x, double* s, double* c, std::size_t n) {
  std::size_t j = 0;
#if defined(SEEDBED_WIDTH)
  for (; j + SEEDBED_WIDTH <= n; j += SEEDBED_WIDTH) {
    const auto sc = SEEDBED_SLEEF(sincospi, u05)(SEEDBED_LOAD(x + j));
    SEEDBED_STORE(s + j, sc.x);
    SEEDBED_STORE(c + j, sc.y);
  }
#endif
  for (; j < n; ++j) {
    const auto sc = Sleef_finz_sincospid1_u05purecfma(x[j]);
    s[j] = sc.x;
    c[j] = sc.y;
  }
}

#undef SEEDBED_ELEMENTWISE
#undef SEEDBED_SLEEF
#undef SEEDBED_STORE
#undef SEEDBED_LOAD
#undef SEEDBED_WIDTH

/// sum_j x[j] y[j] in a fixed order that does not depend on the vector width: eight partial sums
/// over j mod 8, then their sum by halves.
inline double dot(const double* x, const double* y, std::size_t n) {
  double part[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  std::size_t j = 0;
  for (; j + 8 <= n; j += 8)
    for (std::size_t i = 0; i < 8; ++i) part[i] += x[j + i] * y[j + i];
  for (std::size_t i = 0; j + i < n; ++i) part[i] += x[j + i] * y[j + i];
  return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

}  // namespace seedbed::math
