#include "analysis/statistics/noise.hpp"

#include <Random123/philox.h>

#include <cmath>
#include <seedbed/math.hpp>

namespace seedbed::statistics {

namespace {

/// (k + 1/2) 2^-52 in (0, 1)
double uniform_of(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t bits = low | static_cast<std::uint64_t>(high) << 32;
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

}  // namespace

void normals(std::uint64_t key, std::uint32_t stream, std::uint32_t draw, std::span<double> z) {
  const philox4x32_key_t k{
      {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}};
  for (std::size_t i = 0; i < z.size(); i += 2) {
    const philox4x32_ctr_t counter{
        {6U | static_cast<std::uint32_t>(i / 2) << 8, 0xffffffffU, draw, stream}};
    const philox4x32_ctr_t r = philox4x32(counter, k);
    const double radius = std::sqrt(-2.0 * math::log(uniform_of(r.v[0], r.v[1])));
    const double turns = 2.0 * uniform_of(r.v[2], r.v[3]);
    double sine = 0.0, cosine = 0.0;
    math::sincospi(&turns, &sine, &cosine, 1);
    z[i] = radius * cosine;
    if (i + 1 < z.size()) z[i + 1] = radius * sine;
  }
}

}  // namespace seedbed::statistics
