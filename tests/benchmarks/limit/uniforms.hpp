#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>

namespace seedbed::limit {

/// Philox4x32-10 (Salmon et al. 2011): two uniforms in [0, 1) of each counter (a, j), j < n.
inline void uniforms(std::uint32_t key, std::uint32_t a, std::size_t n, double* first,
                     double* second) {
#pragma omp simd
  for (std::size_t j = 0; j < n; ++j) {
    std::uint64_t c0 = a, c1 = 0, c2 = static_cast<std::uint32_t>(j), c3 = 0;
    std::uint32_t k0 = key, k1 = 0;
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t p0 = (c0 & 0xffffffff) * 0xD2511F53u,
                          p1 = (c2 & 0xffffffff) * 0xCD9E8D57u;
      c0 = (p1 >> 32) ^ c1 ^ k0;
      c2 = (p0 >> 32) ^ c3 ^ k1;
      c1 = p1;
      c3 = p0;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
    const auto to_uniform = [](std::uint64_t low, std::uint64_t high) {
      const std::uint64_t bits = (low & 0xffffffff) | (high << 32);
      return std::bit_cast<double>((bits >> 12) | 0x3ff0000000000000u) - 1.0;
    };
    first[j] = to_uniform(c0, c1);
    second[j] = to_uniform(c2, c3);
  }
}

}  // namespace seedbed::limit
