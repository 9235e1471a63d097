#pragma once
#include <seedbed/simd.hpp>

namespace seedbed {

/// G_t = r_t + gamma G_{t+1} for t < n, 0 after the last one; times scale[t], where there is one.
/// In place, too.
///
/// Rationale: one after the other each sum waits for the one before. Here four are summed among
/// themselves, one step and then two steps ahead; what follows the four comes last. The fours begin
/// at t = 0, so a trajectory has its bits wherever it lies, on every CPU.
inline void discounted_sums(const double* r, std::size_t n, double gamma, double* G,
                            const double* scale = nullptr) {
  const double gamma_2 = gamma * gamma, gamma_3 = gamma_2 * gamma, gamma_4 = gamma_2 * gamma_2;
  const __m256d by_1 = _mm256_set1_pd(gamma), by_2 = _mm256_set1_pd(gamma_2);
  const __m256d by_4 = _mm256_set1_pd(gamma_4);
  const __m256d powers = _mm256_set_pd(gamma, gamma_2, gamma_3, gamma_4);
  __m256d following = _mm256_setzero_pd();
  const auto sum = [&](__m256d x) {
    const __m256d next = _mm256_permute4x64_pd(x, 0b00'11'10'01);
    x = _mm256_fmadd_pd(by_1, _mm256_blend_pd(next, _mm256_setzero_pd(), 0b1000), x);
    x = _mm256_fmadd_pd(by_2, _mm256_permute2f128_pd(x, x, 0x81), x);  // the upper two, then 0
    const __m256d all = _mm256_fmadd_pd(powers, following, x);
    following = _mm256_fmadd_pd(by_4, following, _mm256_permute4x64_pd(x, 0));
    return all;
  };
  std::size_t t = n / 4 * 4;
  if (t < n) {
#if defined(__AVX512VL__)
    const auto some = static_cast<__mmask8>((1u << (n - t)) - 1);
    __m256d last = sum(_mm256_maskz_loadu_pd(some, r + t));
    if (scale) last = _mm256_mul_pd(_mm256_maskz_loadu_pd(some, scale + t), last);
    _mm256_mask_storeu_pd(G + t, some, last);
#else
    const __m256i some = _mm256_cmpgt_epi64(_mm256_set1_epi64x(static_cast<long long>(n - t)),
                                            _mm256_set_epi64x(3, 2, 1, 0));
    __m256d last = sum(_mm256_maskload_pd(r + t, some));
    if (scale) last = _mm256_mul_pd(_mm256_maskload_pd(scale + t, some), last);
    _mm256_maskstore_pd(G + t, some, last);
#endif
  }
  while (t > 0) {
    t -= 4;
    __m256d four = sum(_mm256_loadu_pd(r + t));
    if (scale) four = _mm256_mul_pd(_mm256_loadu_pd(scale + t), four);
    _mm256_storeu_pd(G + t, four);
  }
}

}  // namespace seedbed
