#include "analysis/statistics/noise.hpp"

#include <Random123/philox.h>

#include <seedbed/math.hpp>

namespace seedbed::statistics {

namespace {

/// (k + 1/2) 2^-52 in (0, 1)
double uniform_of(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t bits = low | static_cast<std::uint64_t>(high) << 32;
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// 128 bits of the block that has this name.
philox4x32_ctr_t block_of(std::uint64_t key, std::uint32_t block, const std::uint32_t (&name)[3]) {
  const philox4x32_key_t k{
      {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}};
  const philox4x32_ctr_t counter{{6U | block << 8, name[0], name[1], name[2]}};
  return philox4x32(counter, k);
}

}  // namespace

void normals(std::uint64_t key, std::uint32_t stream, std::uint32_t draw, std::span<double> z) {
  for (std::size_t i = 0; i < z.size(); i += 2) {
    const auto r = block_of(key, static_cast<std::uint32_t>(i / 2), {0xffffffffU, draw, stream});
    const auto [first, second] =
        elementary::box_muller(uniform_of(r.v[0], r.v[1]), uniform_of(r.v[2], r.v[3]));
    z[i] = first;
    if (i + 1 < z.size()) z[i + 1] = second;
  }
}

void signs(std::uint64_t key, std::uint32_t stream, std::uint32_t draw, std::span<double> s) {
  philox4x32_ctr_t bits{};
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (i % 128 == 0)
      bits = block_of(key, static_cast<std::uint32_t>(i / 128), {0xfffffffeU, draw, stream});
    s[i] = (bits.v[i % 128 / 32] >> (i % 32) & 1) != 0 ? 1.0 : -1.0;
  }
}

}  // namespace seedbed::statistics
