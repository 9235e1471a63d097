#include "engine/noise.hpp"

#include <seedbed/plugin.h>

#include <algorithm>
#include <seedbed/math.hpp>

#include "engine/philox.hpp"
#include "loader/variant.hpp"

namespace seedbed {

namespace {

constexpr std::size_t lanes_at_once = SEEDBED_LANES;

[[gnu::noinline]] void draw(const PhiloxKeys& keys, std::uint32_t word0, std::uint32_t iteration,
                            const NoiseLanes& lanes, double* u, double* v) {
  static const bool by_eight = cpu_has_variants();
  philox_uniforms(keys, word0, lanes.step, lanes.episode, iteration, lanes.count, u, v, by_eight);
}

void to_normals(double* u, double* v, std::size_t n) {
  in_packs<3>(n, [&](auto lanes) {
    const auto [first, second] = elementary::box_muller(lanes.load(u), lanes.load(v));
    lanes.store(u, first);
    lanes.store(v, second);
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
  std::size_t block = 0;
  alignas(64) double spare[lanes_at_once];
  const auto rows = [&](std::size_t count, Out to, double mirror, auto&& finish) {
    for (std::size_t i = 0; i < count; i += 2, ++block) {
      double *u = to.row(i), *v = i + 1 < count ? to.row(i + 1) : spare;
      draw(keys_, word(purpose, block), iteration, lanes, u, v);
      finish(u, v);
      if (!lanes.antithetic) continue;
      for (double* x : {u, v})
        for (std::size_t j = 0; j < lanes.count; ++j) x[j] = mirror - x[j];
    }
  };
  rows(uniforms, uniform, 1.0, [](double*, double*) {});
  rows(normals, normal, 0.0, [&](double* u, double* v) { to_normals(u, v, lanes.count); });
}

void Noise::sequence(Purpose purpose, std::uint32_t iteration, std::vector<double>& uniform,
                     std::vector<double>& normal) const {
  const std::size_t longest = std::max(uniform.size(), normal.size());
  double u[lanes_at_once], z[lanes_at_once];
  std::uint32_t episode[lanes_at_once] = {};
  std::int64_t step[lanes_at_once];
  for (std::size_t first = 0; first < longest; first += lanes_at_once) {
    for (std::size_t j = 0; j < lanes_at_once; ++j) step[j] = static_cast<std::int64_t>(first + j);
    fill(purpose, iteration, {lanes_at_once, episode, step, false}, uniform.empty() ? 0 : 1,
         Out(u, lanes_at_once), normal.empty() ? 0 : 1, Out(z, lanes_at_once));
    for (std::size_t j = 0; j < lanes_at_once; ++j) {
      if (first + j < uniform.size()) uniform[first + j] = u[j];
      if (first + j < normal.size()) normal[first + j] = z[j];
    }
  }
}

}  // namespace seedbed
