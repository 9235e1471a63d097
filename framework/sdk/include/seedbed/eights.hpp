#pragma once
#include <seedbed/pack.hpp>

/// Sums of many numbers in a fixed order that does not depend on the vector width: eight partial
/// sums over j mod 8, then their sum by halves.
namespace seedbed {

constexpr std::size_t parts_of_eight = 8 / Simd<double>::width;
using Eights = Pack<parts_of_eight>;

/// Of eight partial sums p: p_0 + p_4, p_1 + p_5, p_2 + p_6, p_3 + p_7.
[[gnu::always_inline]] inline __m256d by_halves(const Eights& p) {
#if defined(__AVX512F__)
  return _mm512_maskz_extractf64x4_pd(0xf, p.part[0], 0) +
         _mm512_maskz_extractf64x4_pd(0xf, p.part[0], 1);
#else
  return p.part[0] + p.part[1];
#endif
}

[[gnu::always_inline]] inline double total(const Eights& p) {
  const __m256d four = by_halves(p);
  const __m128d two = _mm256_castpd256_pd128(four) + _mm256_extractf128_pd(four, 1);
  return two[0] + two[1];
}

/// The totals of four, side by side.
[[gnu::always_inline]] inline __m256d totals(const Eights p[4]) {
  const auto two_of_each = [](__m256d a, __m256d b) {
    return _mm256_permute2f128_pd(a, b, 0x20) + _mm256_permute2f128_pd(a, b, 0x31);
  };
  const __m256d first = two_of_each(by_halves(p[0]), by_halves(p[1])),
                second = two_of_each(by_halves(p[2]), by_halves(p[3]));
  return _mm256_permute4x64_pd(_mm256_hadd_pd(first, second), 0b11'01'10'00);
}

/// add(lanes) of the lanes first .. end-1, eight at a time, the last ones with 0 for what is
/// beyond. Rationale: two eights at a time and both of the last two in any case, so that the
/// branches of one short run after the other are not as hard to foresee as their lengths.
template <class Add>
[[gnu::always_inline]] inline void in_eights(std::size_t first, std::size_t end, Add&& add) {
  std::size_t j = first;
  for (; j + 16 <= end; j += 16) {
    add(PackOfLanes<parts_of_eight>{j});
    add(PackOfLanes<parts_of_eight>{j + 8});
  }
  add(PackOfLastLanes<parts_of_eight>{j, end - j});
  add(PackOfLastLanes<parts_of_eight>{j + 8, end > j + 8 ? end - j - 8 : 0});
}

/// The sum of of(lanes) over lanes 0 .. n-1, in eights.
template <class Of>
inline double sum_in_eights(std::size_t n, Of&& of) {
  Eights sums = 0.0;
  in_eights(0, n, [&](auto lanes) { sums = sums + of(lanes); });
  return total(sums);
}

}  // namespace seedbed
