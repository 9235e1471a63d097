#pragma once
#include <Random123/philox.h>
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

#include "engine/philox_keys.hpp"

namespace seedbed {

#if defined(__x86_64__)
/// 8 * blocks counters from step[0], episode[0] on, eight to a register. The blocks go through each
/// round together: what a round waits for in one is done in another, and its keys are spread once.
/// Masks of ones: g++ 12 warns of its own intrinsics without.
template <std::size_t blocks>
[[gnu::target("avx512f")]] inline void philox_blocks(const PhiloxKeys& keys, std::uint32_t word0,
                                                     const std::uint32_t* step,
                                                     const std::uint32_t* episode,
                                                     std::uint32_t iteration, std::uint64_t* a,
                                                     std::uint64_t* b) {
  const __m512i m0 = _mm512_set1_epi64(PHILOX_M4x32_0), m1 = _mm512_set1_epi64(PHILOX_M4x32_1);
  const __m512i low = _mm512_set1_epi64(0xffffffff);
  __m512i c0[blocks], c1[blocks], c2[blocks], c3[blocks];
  for (std::size_t i = 0; i < blocks; ++i) {
    const auto load = [&](const std::uint32_t* x) __attribute__((target("avx512f"))) {
      return _mm512_maskz_cvtepu32_epi64(
          0xff, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x + 8 * i)));
    };
    c0[i] = _mm512_set1_epi64(word0);
    c1[i] = load(step);
    c2[i] = load(episode);
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
    const auto join = [&](__m512i lower, __m512i upper) __attribute__((target("avx512f"))) {
      return _mm512_or_si512(_mm512_and_si512(lower, low),
                             _mm512_maskz_slli_epi64(0xff, upper, 32));
    };
    _mm512_storeu_si512(a + 8 * i, join(c0[i], c1[i]));
    _mm512_storeu_si512(b + 8 * i, join(c2[i], c3[i]));
  }
}
#endif

/// Philox4x32-10 of n counters (word0, step[j], episode[j], iteration): 128 bits each, as a[j],
/// b[j]. `by_eight`: this CPU has AVX-512F. Rationale: g++ 12 leaves Random123's own loop scalar
/// (3.6 ns a number); with four counters to a register the same ten rounds take a third. The test
/// holds both to the same bits.
inline void philox(const PhiloxKeys& keys, std::uint32_t word0, const std::uint32_t* step,
                   const std::uint32_t* episode, std::uint32_t iteration, std::size_t n,
                   std::uint64_t* a, std::uint64_t* b, [[maybe_unused]] bool by_eight = false) {
  std::size_t j = 0;
#if defined(__x86_64__)
  if (by_eight) {
    for (; j + 48 <= n; j += 48)
      philox_blocks<6>(keys, word0, step + j, episode + j, iteration, a + j, b + j);
    for (; j + 24 <= n; j += 24)
      philox_blocks<3>(keys, word0, step + j, episode + j, iteration, a + j, b + j);
    for (; j + 8 <= n; j += 8)
      philox_blocks<1>(keys, word0, step + j, episode + j, iteration, a + j, b + j);
  }
#endif
#if defined(__AVX2__)
  const __m256i m0 = _mm256_set1_epi64x(PHILOX_M4x32_0), m1 = _mm256_set1_epi64x(PHILOX_M4x32_1);
  const __m256i low = _mm256_set1_epi64x(0xffffffff);
  const auto load = [](const std::uint32_t* x) {
    return _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(x)));
  };
  for (; j + 4 <= n; j += 4) {
    __m256i c0 = _mm256_set1_epi64x(word0), c1 = load(step + j), c2 = load(episode + j);
    __m256i c3 = _mm256_set1_epi64x(iteration);
    for (int round = 0; round < 10; ++round) {
      const __m256i k0 = _mm256_set1_epi64x(static_cast<long long>(keys.first[round])),
                    k1 = _mm256_set1_epi64x(static_cast<long long>(keys.second[round]));
      const __m256i p0 = _mm256_mul_epu32(c0, m0), p1 = _mm256_mul_epu32(c2, m1);
      c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), c1), k0);
      c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), c3), k1);
      c1 = p1;  // only the low halves count
      c3 = p0;
    }
    const auto join = [&](__m256i lower, __m256i upper) {
      return _mm256_or_si256(_mm256_and_si256(lower, low), _mm256_slli_epi64(upper, 32));
    };
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(a + j), join(c0, c1));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(b + j), join(c2, c3));
  }
#endif
  for (; j < n; ++j) {
    const philox4x32_key_t k{
        {static_cast<std::uint32_t>(keys.first[0]), static_cast<std::uint32_t>(keys.second[0])}};
    const philox4x32_ctr_t c{{word0, step[j], episode[j], iteration}};
    const philox4x32_ctr_t r = philox4x32(c, k);
    a[j] = r.v[0] | static_cast<std::uint64_t>(r.v[1]) << 32;
    b[j] = r.v[2] | static_cast<std::uint64_t>(r.v[3]) << 32;
  }
}

}  // namespace seedbed
