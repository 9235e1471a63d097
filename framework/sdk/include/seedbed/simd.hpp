#pragma once
#include <immintrin.h>

#include <algorithm>
#include <cstddef>

#if !defined(__AVX2__) || !defined(__FMA__)
#error "seedbed/simd.hpp needs AVX2 and fused multiply-add: compile with -march=x86-64-v3 or more"
#endif

namespace seedbed {

/// Registers of reals, element by element: the same bits at every width. power(t) is 2^k of
/// t = 1.5 * 2^(mantissa bits) + bias + k, whose lowest bits are the biased exponent.
/// exponent(x), x >= 0, has the biased exponent of x as its bits.
/// load_some and store_some: the first n numbers, n <= width; the others are 0 and are not touched.
/// Rationale: masks of ones, because g++ 12 warns of the undefined register in the plain forms.
template <class Real>
struct Simd;

#if defined(__AVX512F__)
template <>
struct Simd<double> {
  using Register = __m512d;
  static constexpr std::size_t width = 8;
  static Register load(const double* x) { return _mm512_loadu_pd(x); }
  static void store(double* x, Register p) { _mm512_storeu_pd(x, p); }
  static Register load_some(const double* x, std::size_t n) {
    return _mm512_maskz_loadu_pd(first(n), x);
  }
  static void store_some(double* x, Register p, std::size_t n) {
    _mm512_mask_storeu_pd(x, first(n), p);
  }
  static Register all(double x) { return _mm512_set1_pd(x); }
  static Register fma(Register a, Register b, Register c) { return _mm512_fmadd_pd(a, b, c); }
  static Register fnma(Register a, Register b, Register c) { return _mm512_fnmadd_pd(a, b, c); }
  static Register fms(Register a, Register b, Register c) { return _mm512_fmsub_pd(a, b, c); }
  static Register min(Register a, Register b) {
    return _mm512_mask_min_pd(a, 0xff, a, b);
  }  ///< b where either is NaN
  static Register max(Register a, Register b) { return _mm512_mask_max_pd(a, 0xff, a, b); }
  static Register sqrt(Register x) { return _mm512_maskz_sqrt_pd(0xff, x); }
  static Register power(Register t) {
    const __m512i bits = _mm512_castpd_si512(t);
    return _mm512_castsi512_pd(_mm512_maskz_slli_epi64(0xff, bits, 52));
  }
  static Register exponent(Register x) {
    return _mm512_castsi512_pd(_mm512_maskz_srli_epi64(0xff, _mm512_castpd_si512(x), 52));
  }
  static Register where_positive(Register x, Register y) {
    return _mm512_maskz_mov_pd(_mm512_cmp_pd_mask(x, _mm512_setzero_pd(), _CMP_GT_OQ), y);
  }
  static bool are_negative(Register x) {  ///< all signs, also of NaN
    return _mm512_movepi64_mask(_mm512_castpd_si512(x)) == 0xff;
  }

 private:
  static __mmask8 first(std::size_t n) { return static_cast<__mmask8>((1u << n) - 1); }
};
template <>
struct Simd<float> {
  using Register = __m512;
  static constexpr std::size_t width = 16;
  static Register load(const float* x) { return _mm512_loadu_ps(x); }
  static void store(float* x, Register p) { _mm512_storeu_ps(x, p); }
  static Register rounded(const double* x) {
    const auto half = [](const double* y) {
      return _mm512_maskz_cvtpd_ps(0xff, _mm512_loadu_pd(y));
    };
    return _mm512_maskz_insertf32x8(0xffff, _mm512_castps256_ps512(half(x)), half(x + 8), 1);
  }
  static Register load_some(const float* x, std::size_t n) {
    return _mm512_maskz_loadu_ps(first(n), x);
  }
  static void store_some(float* x, Register p, std::size_t n) {
    _mm512_mask_storeu_ps(x, first(n), p);
  }
  static void store_some(double* x, Register p, std::size_t n) {
    float of[width];
    store(of, p);
    for (std::size_t i = 0; i < n; i += 8)
      _mm512_mask_storeu_pd(x + i, static_cast<__mmask8>(first(n) >> i),
                            _mm512_maskz_cvtps_pd(0xff, _mm256_loadu_ps(of + i)));
  }
  static void store(double* x, Register p) {
    float of[width];
    store(of, p);
    for (std::size_t i = 0; i < width; i += 8)
      _mm512_storeu_pd(x + i, _mm512_maskz_cvtps_pd(0xff, _mm256_loadu_ps(of + i)));
  }
  static Register all(float x) { return _mm512_set1_ps(x); }
  static Register fma(Register a, Register b, Register c) { return _mm512_fmadd_ps(a, b, c); }
  static Register fnma(Register a, Register b, Register c) { return _mm512_fnmadd_ps(a, b, c); }
  static Register fms(Register a, Register b, Register c) { return _mm512_fmsub_ps(a, b, c); }
  static Register min(Register a, Register b) { return _mm512_mask_min_ps(a, 0xffff, a, b); }
  static Register max(Register a, Register b) { return _mm512_mask_max_ps(a, 0xffff, a, b); }
  static Register power(Register t) {
    const __m512i bits = _mm512_castps_si512(t);
    return _mm512_castsi512_ps(_mm512_maskz_slli_epi32(0xffff, bits, 23));
  }
  static Register where_positive(Register x, Register y) {
    return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_GT_OQ), y);
  }

 private:
  static __mmask16 first(std::size_t n) { return static_cast<__mmask16>((1u << n) - 1); }
};
#else
template <>
struct Simd<double> {
  using Register = __m256d;
  static constexpr std::size_t width = 4;
  static Register load(const double* x) { return _mm256_loadu_pd(x); }
  static void store(double* x, Register p) { _mm256_storeu_pd(x, p); }
  static Register load_some(const double* x, std::size_t n) {
    return _mm256_maskload_pd(x, first(n));
  }
  static void store_some(double* x, Register p, std::size_t n) {
    _mm256_maskstore_pd(x, first(n), p);
  }
  static Register all(double x) { return _mm256_set1_pd(x); }
  static Register fma(Register a, Register b, Register c) { return _mm256_fmadd_pd(a, b, c); }
  static Register fnma(Register a, Register b, Register c) { return _mm256_fnmadd_pd(a, b, c); }
  static Register fms(Register a, Register b, Register c) { return _mm256_fmsub_pd(a, b, c); }
  static Register min(Register a, Register b) {
    return _mm256_min_pd(a, b);
  }  ///< b where either is NaN
  static Register max(Register a, Register b) { return _mm256_max_pd(a, b); }
  static Register sqrt(Register x) { return _mm256_sqrt_pd(x); }
  static Register power(Register t) {
    return _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_castpd_si256(t), 52));
  }
  static Register exponent(Register x) {
    return _mm256_castsi256_pd(_mm256_srli_epi64(_mm256_castpd_si256(x), 52));
  }
  static Register where_positive(Register x, Register y) {
    return _mm256_and_pd(_mm256_cmp_pd(x, _mm256_setzero_pd(), _CMP_GT_OQ), y);
  }
  static bool are_negative(Register x) { return _mm256_movemask_pd(x) == 0xf; }

 private:
  static __m256i first(std::size_t n) {
    return _mm256_cmpgt_epi64(_mm256_set1_epi64x(static_cast<long long>(n)),
                              _mm256_set_epi64x(3, 2, 1, 0));
  }
};
template <>
struct Simd<float> {
  using Register = __m256;
  static constexpr std::size_t width = 8;
  static Register load(const float* x) { return _mm256_loadu_ps(x); }
  static void store(float* x, Register p) { _mm256_storeu_ps(x, p); }
  static Register rounded(const double* x) {
    return _mm256_set_m128(_mm256_cvtpd_ps(_mm256_loadu_pd(x + 4)),
                           _mm256_cvtpd_ps(_mm256_loadu_pd(x)));
  }
  static Register load_some(const float* x, std::size_t n) {
    return _mm256_maskload_ps(x, first(n));
  }
  static void store_some(float* x, Register p, std::size_t n) {
    _mm256_maskstore_ps(x, first(n), p);
  }
  static void store_some(double* x, Register p, std::size_t n) {
    double all[width];
    store(all, p);
    std::copy_n(all, n, x);
  }
  static void store(double* x, Register p) {
    _mm256_storeu_pd(x, _mm256_cvtps_pd(_mm256_castps256_ps128(p)));
    _mm256_storeu_pd(x + 4, _mm256_cvtps_pd(_mm256_extractf128_ps(p, 1)));
  }
  static Register all(float x) { return _mm256_set1_ps(x); }
  static Register fma(Register a, Register b, Register c) { return _mm256_fmadd_ps(a, b, c); }
  static Register fnma(Register a, Register b, Register c) { return _mm256_fnmadd_ps(a, b, c); }
  static Register fms(Register a, Register b, Register c) { return _mm256_fmsub_ps(a, b, c); }
  static Register min(Register a, Register b) { return _mm256_min_ps(a, b); }
  static Register max(Register a, Register b) { return _mm256_max_ps(a, b); }
  static Register power(Register t) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_castps_si256(t), 23));
  }
  static Register where_positive(Register x, Register y) {
    return _mm256_and_ps(_mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_GT_OQ), y);
  }

 private:
  static __m256i first(std::size_t n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)),
                              _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0));
  }
};
#endif

}  // namespace seedbed
