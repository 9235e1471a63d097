#pragma once
#include <immintrin.h>

#include <algorithm>
#include <seedbed/eights.hpp>

namespace seedbed {

/// Eight numbers, and what is summed of them by halves.
template <class Real>
struct Eight;
template <>
struct Eight<double> {
  using Numbers = Eights;
  static Numbers load(const double* x) { return Numbers::load(x); }
  static Numbers load_some(const double* x, std::size_t n) {
    return PackOfLastLanes<parts_of_eight>{0, n}.load(x);
  }
  static void store(double* x, const Numbers& numbers) { numbers.store(x); }
  static __m256d total(const Numbers (&of)[4]) { return totals(of); }
};
template <>
struct Eight<float> {
  using Numbers = __m256;
  static Numbers load(const float* x) { return _mm256_loadu_ps(x); }
  static Numbers load_some(const float* x, std::size_t n) {
    return _mm256_maskload_ps(x, _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)),
                                                    _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0)));
  }
  static void store(float* x, Numbers numbers) { _mm256_storeu_ps(x, numbers); }
  static __m256d total(const Numbers (&of)[4]) {
    const auto half = [](Numbers x) {
      return _mm256_castps256_ps128(x) + _mm256_extractf128_ps(x, 1);
    };
    const auto two_of_each = [](__m128 a, __m128 b) {
      return _mm_movelh_ps(a, b) + _mm_movehl_ps(b, a);
    };
    return _mm256_cvtps_pd(
        _mm_hadd_ps(two_of_each(half(of[0]), half(of[1])), two_of_each(half(of[2]), half(of[3]))));
  }
};

/// sum_j w_j D_i[j] of the rows i < `rows`, in the order of eight partial sums over j mod 8,
/// counted from the first sample of a segment; n is a multiple of 8 in every call but the last.
/// row(i) is D_i; `part` [rows][8] holds the sums under way: from 0 when `fresh`; when `last`, what
/// they come to goes to `total` [rows] instead. Four rows at once read w once and are totalled
/// together.
template <class Real, class Row>
void sum_rows(std::size_t rows, Row&& row, const Real* w, std::size_t n, bool fresh, bool last,
              Real* part, double* total) {
  using E = Eight<Real>;
  constexpr std::size_t four = 4;
  for (std::size_t first = 0; first < rows; first += four, part += four * 8) {
    const std::size_t count = std::min(four, rows - first);
    const Real* D[four];
    typename E::Numbers sum[four];
    for (std::size_t i = 0; i < four; ++i) {
      D[i] = row(first + std::min(i, count - 1));
      sum[i] = fresh ? typename E::Numbers{} : E::load(part + std::min(i, count - 1) * 8);
    }
    const auto add = [&](auto&& load) {
      const auto weight = load(w);
      for (std::size_t i = 0; i < four; ++i) sum[i] = sum[i] + weight * load(D[i]);
    };
    std::size_t j = 0;
    for (; j + 8 <= n; j += 8) add([&](const Real* x) { return E::load(x + j); });
    if (j < n) add([&](const Real* x) { return E::load_some(x + j, n - j); });
    if (last) {
      const __m256d all = E::total(sum);
      for (std::size_t i = 0; i < count; ++i) total[first + i] = all[i];
    } else {
      for (std::size_t i = 0; i < count; ++i) E::store(part + i * 8, sum[i]);
    }
  }
}

}  // namespace seedbed
