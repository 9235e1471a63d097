#include "engine/lanes.hpp"

#include <immintrin.h>

#include <algorithm>

namespace seedbed {

Lanes::Lanes(const BatchShape& s, std::size_t state_size)
    : state(state_size),
      terminated(1),
      policy_uniform(s.policy_uniforms, 0.5),
      policy_normal(s.policy_normals),
      step_uniform(s.step_uniforms, 0.5),
      step_normal(s.step_normals),
      reset_uniform(s.reset_uniforms, 0.5),
      reset_normal(s.reset_normals),
      episode{},
      noise_name{},
      t{} {}

LaneSet nonzero(const double* numbers) {
  LaneSet set = 0;
#if defined(__AVX2__)
  for (std::size_t j = 0; j < SEEDBED_LANES; j += 4) {
    const __m256d are = _mm256_cmp_pd(_mm256_loadu_pd(numbers + j), __m256d{}, _CMP_NEQ_UQ);
    set |= static_cast<LaneSet>(_mm256_movemask_pd(are)) << j;
  }
#else
  for (std::size_t j = 0; j < SEEDBED_LANES; ++j)
    set |= static_cast<LaneSet>(numbers[j] != 0.0) << j;
#endif
  return set;
}

void Lanes::restart() {
  used = 0;
  std::fill_n(t, SEEDBED_LANES, 0);
}

void Lanes::advance() {
  for (std::size_t j = 0; j < SEEDBED_LANES; ++j) ++t[j];
}

void Lanes::copy_episode(std::size_t to, const Lanes& from, std::size_t lane) {
  const auto copy = [&](LaneRows& target, const LaneRows& source) {
    for (std::size_t i = 0; i < source.rows(); ++i) target.row(i)[to] = source.row(i)[lane];
  };
  copy(state, from.state);
  copy(reset_uniform, from.reset_uniform);
  copy(reset_normal, from.reset_normal);
  episode[to] = from.episode[lane];
  noise_name[to] = from.noise_name[lane];
  t[to] = from.t[lane];
}

}  // namespace seedbed
