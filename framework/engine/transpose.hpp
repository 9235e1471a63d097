#pragma once
#include <immintrin.h>

#include <cstddef>

namespace seedbed {

#if defined(__x86_64__)
/// As transpose8, on a CPU that has AVX-512F. Rows come as halves of two of them, which loads do at
/// no cost to the one port that shuffles. Masks of ones: g++ 12 warns of its own intrinsics
/// without.
[[gnu::target("avx512f")]] inline void transpose8_by_eight(const double* from,
                                                           std::size_t from_stride, double* to,
                                                           std::size_t to_stride) {
  for (std::size_t c = 0; c < 8; c += 4) {  // columns c .. c+3
    __m512d even[2], odd[2];                // columns c, c+2 and c+1, c+3; of rows 0..3 and 4..7
    for (std::size_t k = 0; k < 2; ++k) {
      const double* row = from + 4 * k * from_stride + c;
      const __m512d a = _mm512_maskz_insertf64x4(0xff, _mm512_castpd256_pd512(_mm256_loadu_pd(row)),
                                                 _mm256_loadu_pd(row + 2 * from_stride), 1),
                    b = _mm512_maskz_insertf64x4(
                        0xff, _mm512_castpd256_pd512(_mm256_loadu_pd(row + from_stride)),
                        _mm256_loadu_pd(row + 3 * from_stride), 1);
      even[k] = _mm512_maskz_unpacklo_pd(0xff, a, b);
      odd[k] = _mm512_maskz_unpackhi_pd(0xff, a, b);
    }
    const auto store = [&](std::size_t column, __m512d x) __attribute__((target("avx512f"))) {
      _mm512_storeu_pd(to + column * to_stride, x);
    };
    store(c, _mm512_maskz_shuffle_f64x2(0xff, even[0], even[1], 0x88));
    store(c + 1, _mm512_maskz_shuffle_f64x2(0xff, odd[0], odd[1], 0x88));
    store(c + 2, _mm512_maskz_shuffle_f64x2(0xff, even[0], even[1], 0xdd));
    store(c + 3, _mm512_maskz_shuffle_f64x2(0xff, odd[0], odd[1], 0xdd));
  }
}
#endif

/// to[j*to_stride + k] = from[k*from_stride + j] for j, k < 8. `by_eight`: this CPU has AVX-512F.
inline void transpose8(const double* from, std::size_t from_stride, double* to,
                       std::size_t to_stride, [[maybe_unused]] bool by_eight) {
#if defined(__x86_64__)
  if (by_eight) return transpose8_by_eight(from, from_stride, to, to_stride);
#endif
#if defined(__AVX2__)
  for (std::size_t k = 0; k < 8; k += 4)
    for (std::size_t j = 0; j < 8; j += 4) {
      const double* x = from + k * from_stride + j;
      const __m256d a = _mm256_loadu_pd(x), b = _mm256_loadu_pd(x + from_stride),
                    c = _mm256_loadu_pd(x + 2 * from_stride),
                    d = _mm256_loadu_pd(x + 3 * from_stride);
      const __m256d ab0 = _mm256_unpacklo_pd(a, b), ab1 = _mm256_unpackhi_pd(a, b),
                    cd0 = _mm256_unpacklo_pd(c, d), cd1 = _mm256_unpackhi_pd(c, d);
      double* y = to + j * to_stride + k;
      _mm256_storeu_pd(y, _mm256_permute2f128_pd(ab0, cd0, 0x20));
      _mm256_storeu_pd(y + to_stride, _mm256_permute2f128_pd(ab1, cd1, 0x20));
      _mm256_storeu_pd(y + 2 * to_stride, _mm256_permute2f128_pd(ab0, cd0, 0x31));
      _mm256_storeu_pd(y + 3 * to_stride, _mm256_permute2f128_pd(ab1, cd1, 0x31));
    }
#else
  for (std::size_t k = 0; k < 8; ++k)
    for (std::size_t j = 0; j < 8; ++j) to[j * to_stride + k] = from[k * from_stride + j];
#endif
}

}  // namespace seedbed
