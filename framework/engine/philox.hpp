#pragma once
#include <Random123/philox.h>
#include <immintrin.h>

#include <bit>
#include <cstddef>
#include <cstdint>

#include "engine/philox_keys.hpp"

namespace seedbed {

/// u = (k + 1/2) 2^-52 in (0, 1) of the first 52 bits: 1 - u is exact, and never 0 or 1.
inline double uniform_of(std::uint64_t bits) {
  constexpr double one_less_half_ulp = 1.0 - 0x1p-53;
  return std::bit_cast<double>((bits >> 12) | std::bit_cast<std::uint64_t>(1.0)) -
         one_less_half_ulp;
}

#if defined(__x86_64__)
/// 8 * blocks counters from step[0], episode[0] on, eight to a register. The blocks go through each
/// round together: what a round waits for in one is done in another, and its keys are spread once.
/// Masks of ones: g++ 12 warns of its own intrinsics without.
template <std::size_t blocks>
[[gnu::target("avx512f")]] inline void philox_blocks(const PhiloxKeys& keys, std::uint32_t word0,
                                                     const std::int64_t* step,
                                                     const std::uint32_t* episode,
                                                     std::uint32_t iteration, double* u,
                                                     double* v) {
  const __m512i m0 = _mm512_set1_epi64(PHILOX_M4x32_0), m1 = _mm512_set1_epi64(PHILOX_M4x32_1);
  const __m512i low = _mm512_set1_epi64(0xffffffff);
  __m512i c0[blocks], c1[blocks], c2[blocks], c3[blocks];
  for (std::size_t i = 0; i < blocks; ++i) {
    c0[i] = _mm512_set1_epi64(word0);
    c1[i] = _mm512_loadu_si512(step + 8 * i);
    c2[i] = _mm512_maskz_cvtepu32_epi64(
        0xff, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(episode + 8 * i)));
    c3[i] = _mm512_set1_epi64(iteration);
  }
  for (int round = 0; round < 10; ++round) {
    const __m512i k0 = _mm512_set1_epi64(static_cast<long long>(keys.first[round])),
                  k1 = _mm512_set1_epi64(static_cast<long long>(keys.second[round]));
    for (std::size_t i = 0; i < blocks; ++i) {
      const __m512i p0 = _mm512_maskz_mul_epu32(0xff, c0[i], m0),
                    p1 = _mm512_maskz_mul_epu32(0xff, c2[i], m1);
      c0[i] = _mm512_xor_si512(_mm512_xor_si512(_mm512_maskz_srli_epi64(0xff, p1, 32), c1[i]), k0);
      c2[i] = _mm512_xor_si512(_mm512_xor_si512(_mm512_maskz_srli_epi64(0xff, p0, 32), c3[i]), k1);
      c1[i] = p1;  // only the low halves count
      c3[i] = p0;
    }
  }
  for (std::size_t i = 0; i < blocks; ++i) {
    const auto store = [&](double* to, __m512i lower, __m512i upper)
        __attribute__((target("avx512f"))) {
      const __m512i bits =
          _mm512_or_si512(_mm512_and_si512(lower, low), _mm512_maskz_slli_epi64(0xff, upper, 32));
      const __m512i one = _mm512_castpd_si512(_mm512_set1_pd(1.0));
      _mm512_storeu_pd(to + 8 * i, _mm512_sub_pd(_mm512_castsi512_pd(_mm512_or_si512(
                                                     _mm512_maskz_srli_epi64(0xff, bits, 12), one)),
                                                 _mm512_set1_pd(1.0 - 0x1p-53)));
    };
    store(u, c0[i], c1[i]);
    store(v, c2[i], c3[i]);
  }
}
#endif

/// The two uniforms u[j], v[j] of the 128 bits of Philox4x32-10 of each of n counters (word0,
/// step[j] < 2^32, episode[j], iteration). `by_eight`: this CPU has AVX-512F. Rationale: g++ 12
/// leaves Random123's own loop scalar (3.6 ns a number); with four counters to a register the same
/// ten rounds take a third. The test holds all of them to the same bits.
inline void philox_uniforms(const PhiloxKeys& keys, std::uint32_t word0, const std::int64_t* step,
                            const std::uint32_t* episode, std::uint32_t iteration, std::size_t n,
                            double* u, double* v, [[maybe_unused]] bool by_eight = false) {
  std::size_t j = 0;
#if defined(__x86_64__)
  if (by_eight) {
    for (; j + 48 <= n; j += 48)
      philox_blocks<6>(keys, word0, step + j, episode + j, iteration, u + j, v + j);
    for (; j + 24 <= n; j += 24)
      philox_blocks<3>(keys, word0, step + j, episode + j, iteration, u + j, v + j);
    for (; j + 8 <= n; j += 8)
      philox_blocks<1>(keys, word0, step + j, episode + j, iteration, u + j, v + j);
  }
#endif
#if defined(__AVX2__)
  const __m256i m0 = _mm256_set1_epi64x(PHILOX_M4x32_0), m1 = _mm256_set1_epi64x(PHILOX_M4x32_1);
  const __m256i low = _mm256_set1_epi64x(0xffffffff);
  for (; j + 4 <= n; j += 4) {
    __m256i c0 = _mm256_set1_epi64x(word0), c3 = _mm256_set1_epi64x(iteration);
    __m256i c1 = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(step + j));
    __m256i c2 =
        _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(episode + j)));
    for (int round = 0; round < 10; ++round) {
      const __m256i k0 = _mm256_set1_epi64x(static_cast<long long>(keys.first[round])),
                    k1 = _mm256_set1_epi64x(static_cast<long long>(keys.second[round]));
      const __m256i p0 = _mm256_mul_epu32(c0, m0), p1 = _mm256_mul_epu32(c2, m1);
      c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), c1), k0);
      c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), c3), k1);
      c1 = p1;  // only the low halves count
      c3 = p0;
    }
    const auto store = [&](double* to, __m256i lower, __m256i upper) {
      const __m256i bits =
          _mm256_or_si256(_mm256_and_si256(lower, low), _mm256_slli_epi64(upper, 32));
      const __m256i one = _mm256_castpd_si256(_mm256_set1_pd(1.0));
      _mm256_storeu_pd(
          to + j,
          _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(_mm256_srli_epi64(bits, 12), one)),
                        _mm256_set1_pd(1.0 - 0x1p-53)));
    };
    store(u, c0, c1);
    store(v, c2, c3);
  }
#endif
  for (; j < n; ++j) {
    const philox4x32_key_t k{
        {static_cast<std::uint32_t>(keys.first[0]), static_cast<std::uint32_t>(keys.second[0])}};
    const philox4x32_ctr_t c{{word0, static_cast<std::uint32_t>(step[j]), episode[j], iteration}};
    const philox4x32_ctr_t r = philox4x32(c, k);
    u[j] = uniform_of(r.v[0] | static_cast<std::uint64_t>(r.v[1]) << 32);
    v[j] = uniform_of(r.v[2] | static_cast<std::uint64_t>(r.v[3]) << 32);
  }
}

}  // namespace seedbed
