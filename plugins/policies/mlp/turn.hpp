#pragma once
#include <immintrin.h>

#include <cstddef>

namespace seedbed {

/// Squares of numbers turned in registers: row[j][i] of what was row[i][j].
template <class Real>
struct Turn;

template <>
struct Turn<double> {
  using Row = __m256d;
  static constexpr std::size_t size = 4;
  static Row load(const double* x) { return _mm256_loadu_pd(x); }
  static void store(double* x, Row row) { _mm256_storeu_pd(x, row); }
  static Row zero() { return _mm256_setzero_pd(); }

  static void turn(Row (&row)[size]) {
    const Row a = _mm256_unpacklo_pd(row[0], row[1]), b = _mm256_unpackhi_pd(row[0], row[1]);
    const Row c = _mm256_unpacklo_pd(row[2], row[3]), d = _mm256_unpackhi_pd(row[2], row[3]);
    row[0] = _mm256_permute2f128_pd(a, c, 0x20);
    row[1] = _mm256_permute2f128_pd(b, d, 0x20);
    row[2] = _mm256_permute2f128_pd(a, c, 0x31);
    row[3] = _mm256_permute2f128_pd(b, d, 0x31);
  }
};

template <>
struct Turn<float> {
  using Row = __m256;
  static constexpr std::size_t size = 8;
  static Row load(const float* x) { return _mm256_loadu_ps(x); }
  static void store(float* x, Row row) { _mm256_storeu_ps(x, row); }
  static Row zero() { return _mm256_setzero_ps(); }

  static void turn(Row (&row)[size]) {
    Row pair[size], quad[size];
    for (std::size_t i = 0; i < size; i += 2) {
      pair[i] = _mm256_unpacklo_ps(row[i], row[i + 1]);
      pair[i + 1] = _mm256_unpackhi_ps(row[i], row[i + 1]);
    }
    for (std::size_t i = 0; i < size; i += 4)
      for (std::size_t high = 0; high < 2; ++high) {
        quad[i + 2 * high] = _mm256_shuffle_ps(pair[i + high], pair[i + high + 2], 0x44);
        quad[i + 2 * high + 1] = _mm256_shuffle_ps(pair[i + high], pair[i + high + 2], 0xee);
      }
    for (std::size_t i = 0; i < 4; ++i) {
      row[i] = _mm256_permute2f128_ps(quad[i], quad[i + 4], 0x20);
      row[i + 4] = _mm256_permute2f128_ps(quad[i], quad[i + 4], 0x31);
    }
  }
};

}  // namespace seedbed
