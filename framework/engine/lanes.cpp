#include "engine/lanes.hpp"

namespace seedbed {

Lanes::Lanes(const BatchShape& s, std::size_t state_size)
    : state(state_size),
      observation(s.observation),
      action(s.action),
      reward(1),
      log_prob(1),
      terminated(1),
      antithetic(1),
      policy_uniform(s.policy_uniforms, 0.5),
      policy_normal(s.policy_normals),
      step_uniform(s.step_uniforms, 0.5),
      step_normal(s.step_normals),
      reset_uniform(s.reset_uniforms, 0.5),
      reset_normal(s.reset_normals),
      episode{},
      noise_name{},
      noise_step{},
      t{} {}

void Lanes::copy_episode(std::size_t to, const Lanes& from, std::size_t lane) {
  const auto copy = [&](LaneRows& target, const LaneRows& source) {
    for (std::size_t i = 0; i < source.rows(); ++i) target.row(i)[to] = source.row(i)[lane];
  };
  copy(state, from.state);
  copy(observation, from.observation);
  copy(antithetic, from.antithetic);
  copy(reset_uniform, from.reset_uniform);
  copy(reset_normal, from.reset_normal);
  episode[to] = from.episode[lane];
  noise_name[to] = from.noise_name[lane];
  noise_step[to] = 0;
  t[to] = 0;
}

}  // namespace seedbed
