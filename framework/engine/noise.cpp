#include "engine/noise.hpp"

#include <seedbed/plugin.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <seedbed/math.hpp>

#include "engine/philox.hpp"
#include "loader/variant.hpp"

namespace seedbed {

namespace {

constexpr std::size_t lanes_at_once = SEEDBED_LANES;

/// The 128 bits of each lane's block.
struct Bits {
  alignas(64) std::uint64_t first[lanes_at_once], second[lanes_at_once];
};

[[gnu::noinline]] void draw(const PhiloxKeys& keys, std::uint32_t word0, std::uint32_t iteration,
                            const NoiseLanes& lanes, Bits& bits) {
  static const bool by_eight = cpu_has_variants();
  philox(keys, word0, lanes.step, lanes.episode, iteration, lanes.count, bits.first, bits.second,
         by_eight);
}

/// u = (k + 1/2) 2^-52 in (0, 1): 1 - u is exact, and never 0 or 1.
double uniform_of(std::uint64_t bits) {
  constexpr double one_less_half_ulp = 1.0 - 0x1p-53;
  return std::bit_cast<double>((bits >> 12) | 0x3ff0000000000000u) - one_less_half_ulp;
}

/// Two numbers per lane.
struct Pair {
  alignas(64) double first[lanes_at_once], second[lanes_at_once];
};

void to_normals(const Bits& bits, std::size_t n, Pair& z) {
  Pair u;
  for (std::size_t j = 0; j < n; ++j) {
    u.first[j] = uniform_of(bits.first[j]);
    u.second[j] = uniform_of(bits.second[j]);
  }
  in_packs<3>(n, [&](auto lanes) {
    const auto [first, second] = elementary::box_muller(lanes.load(u.first), lanes.load(u.second));
    lanes.store(z.first, first);
    lanes.store(z.second, second);
  });
}

std::uint32_t word(Purpose purpose, std::size_t block) {
  return static_cast<std::uint32_t>(purpose) | static_cast<std::uint32_t>(block) << 8;
}

}  // namespace

Noise Noise::stream(std::uint32_t stage, std::uint64_t cell) const {
  const philox4x32_ctr_t c{{word(Purpose::key, 0), static_cast<std::uint32_t>(cell), stage,
                            static_cast<std::uint32_t>(cell >> 32)}};
  const philox4x32_key_t k{
      {static_cast<std::uint32_t>(keys_.first[0]), static_cast<std::uint32_t>(keys_.second[0])}};
  const philox4x32_ctr_t r = philox4x32(c, k);
  return Noise(r.v[0], r.v[1]);
}

void Noise::fill(Purpose purpose, std::uint32_t iteration, const NoiseLanes& lanes,
                 std::size_t uniforms, Out uniform, std::size_t normals, Out normal) const {
  const std::size_t n = lanes.count;
  Bits bits;
  Pair pair;
  std::size_t block = 0;
  for (std::size_t i = 0; i < uniforms; i += 2, ++block) {
    draw(keys_, word(purpose, block), iteration, lanes, bits);
    for (std::size_t r = 0; r < 2 && i + r < uniforms; ++r) {
      const std::uint64_t* of = r == 0 ? bits.first : bits.second;
      double* out = uniform.row(i + r);
      if (lanes.antithetic)
        for (std::size_t j = 0; j < n; ++j) out[j] = 1.0 - uniform_of(of[j]);
      else
        for (std::size_t j = 0; j < n; ++j) out[j] = uniform_of(of[j]);
    }
  }
  for (std::size_t i = 0; i < normals; i += 2, ++block) {
    draw(keys_, word(purpose, block), iteration, lanes, bits);
    to_normals(bits, n, pair);
    for (std::size_t r = 0; r < 2 && i + r < normals; ++r) {
      const double* z = r == 0 ? pair.first : pair.second;
      double* out = normal.row(i + r);
      if (lanes.antithetic)
        for (std::size_t j = 0; j < n; ++j) out[j] = -z[j];
      else
        std::copy_n(z, n, out);
    }
  }
}

void Noise::sequence(Purpose purpose, std::uint32_t iteration, std::vector<double>& uniform,
                     std::vector<double>& normal) const {
  const std::size_t longest = std::max(uniform.size(), normal.size());
  double u[lanes_at_once], z[lanes_at_once];
  std::uint32_t step[lanes_at_once], episode[lanes_at_once] = {};
  for (std::size_t first = 0; first < longest; first += lanes_at_once) {
    for (std::size_t j = 0; j < lanes_at_once; ++j) step[j] = static_cast<std::uint32_t>(first + j);
    fill(purpose, iteration, {lanes_at_once, episode, step, false}, uniform.empty() ? 0 : 1,
         Out(u, lanes_at_once), normal.empty() ? 0 : 1, Out(z, lanes_at_once));
    for (std::size_t j = 0; j < lanes_at_once; ++j) {
      if (first + j < uniform.size()) uniform[first + j] = u[j];
      if (first + j < normal.size()) normal[first + j] = z[j];
    }
  }
}

}  // namespace seedbed
