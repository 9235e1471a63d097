#include <benchmark/benchmark.h>

#include <vector>

#include "engine/noise.hpp"

namespace {

using namespace seedbed;

void fill(benchmark::State& state, std::size_t uniforms, std::size_t normals) {
  const Noise noise(1, 2);
  std::vector<std::uint32_t> episode(SEEDBED_LANES);
  std::vector<std::int64_t> step(SEEDBED_LANES);
  std::vector<double> u(2 * SEEDBED_LANES), z(2 * SEEDBED_LANES);
  for (std::uint32_t j = 0; j < SEEDBED_LANES; ++j) episode[j] = j;
  for (auto _ : state) {
    for (auto& t : step) ++t;
    noise.fill(Purpose::policy, 0, {SEEDBED_LANES, episode.data(), step.data(), false}, uniforms,
               Out(u.data(), SEEDBED_LANES), normals, Out(z.data(), SEEDBED_LANES));
    benchmark::ClobberMemory();
  }
  state.counters["numbers"] =
      benchmark::Counter(static_cast<double>(state.iterations()) *
                             static_cast<double>((uniforms + normals) * SEEDBED_LANES),
                         benchmark::Counter::kIsRate);
}

void uniforms(benchmark::State& state) {
  fill(state, 2, 0);
}
void normals(benchmark::State& state) {
  fill(state, 0, 2);
}

BENCHMARK(uniforms);
BENCHMARK(normals);

}  // namespace
