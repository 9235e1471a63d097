#include "engine/recording.hpp"

#include <algorithm>

namespace seedbed {

namespace {

constexpr Rows Recording::*per_sample[] = {
    &Recording::observation,   &Recording::action,       &Recording::reward,
    &Recording::log_prob,      &Recording::state,        &Recording::policy_uniform,
    &Recording::policy_normal, &Recording::step_uniform, &Recording::step_normal};
constexpr Rows Recording::*per_episode[] = {&Recording::final_observation, &Recording::terminated,
                                            &Recording::reset_uniform, &Recording::reset_normal};

}  // namespace

void Rows::grow(std::size_t size) {
  // An odd number of cache lines between rows: powers of two would share cache sets.
  const std::size_t capacity = (std::max(size + slack, 2 * capacity_) / 16 + 1) * 16 + 8;
  AlignedDoubles grown(rows_ * capacity);
  for (std::size_t i = 0; i < rows_; ++i)
    std::copy_n(data_.data() + i * capacity_, size_, grown.data() + i * capacity);
  data_ = std::move(grown);
  capacity_ = capacity;
}

Recording::Recording(const BatchShape& shape)
    : observation(shape.observation),
      action(shape.action),
      reward(1),
      log_prob(1),
      state(shape.state),
      policy_uniform(shape.policy_uniforms),
      policy_normal(shape.policy_normals),
      step_uniform(shape.step_uniforms),
      step_normal(shape.step_normals),
      final_observation(shape.observation),
      terminated(1),
      reset_uniform(shape.reset_uniforms),
      reset_normal(shape.reset_normals) {}

void Recording::start(std::size_t episodes, std::size_t requests) {
  for (Rows Recording::*rows : per_sample) (this->*rows).clear();
  for (Rows Recording::*rows : per_episode) (this->*rows).resize(episodes);
  for (auto* indices : {&begin, &length, &noise, &request}) indices->assign(episodes, 0);
  theta.resize(requests);
  transform.assign(requests, SEEDBED_PLAIN);
}

std::size_t Recording::add(std::size_t episode, std::size_t steps) {
  length[episode] = steps;
  place(episode, 1);
  return begin[episode];
}

void Recording::place(std::size_t first, std::size_t count) {
  std::size_t end = reward.size();
  for (std::size_t i = first; i < first + count; ++i) {
    begin[i] = end;
    end += length[i];
  }
  for (Rows Recording::*rows : per_sample) (this->*rows).resize(end);
  constexpr std::size_t run = 32;  // steps at once; the next trajectory writes over the rest
  if (t.size() < end + run) t.resize(std::max(end + run, 2 * t.size()));
  for (std::size_t i = first; i < first + count; ++i) {
    std::int64_t* now = t.data() + begin[i];
    for (std::size_t k = 0; k < length[i]; k += run)
      for (std::size_t j = 0; j < run; ++j) now[k + j] = static_cast<std::int64_t>(k + j);
  }
}

void Recording::copy(std::size_t episode, const Recording& from, std::size_t other) {
  const std::size_t steps = from.length[other], first = add(episode, steps);
  for (Rows Recording::*rows : per_sample)
    for (std::size_t i = 0; i < (this->*rows).rows(); ++i)
      std::copy_n((from.*rows).row(i) + from.begin[other], steps, (this->*rows).row(i) + first);
  for (Rows Recording::*rows : per_episode)
    for (std::size_t i = 0; i < (this->*rows).rows(); ++i)
      (this->*rows).row(i)[episode] = (from.*rows).row(i)[other];
}

seedbed_batch Recording::view() {
  theta_pointers_.clear();
  for (const auto& parameters : theta) theta_pointers_.push_back(parameters.data());
  const auto optional = [](const Rows& rows) {
    return rows.rows() ? rows.view() : seedbed_in{nullptr, 0};
  };
  seedbed_batch batch{};
  batch.episodes = begin.size();
  batch.samples = reward.size();
  batch.begin = begin.data();
  batch.length = length.data();
  batch.t = t.data();
  batch.observation = observation.view();
  batch.action = action.view();
  batch.reward = reward.row(0);
  batch.log_prob = log_prob.row(0);
  batch.final_observation = final_observation.view();
  batch.terminated = terminated.row(0);
  batch.noise = noise.data();
  batch.request = request.data();
  batch.requests = theta.size();
  batch.request_theta = theta_pointers_.data();
  batch.request_transform = transform.data();
  batch.horizon = horizon;
  batch.discount = discount;
  batch.environment = environment;
  batch.policy = policy;
  batch.policy_uniform = optional(policy_uniform);
  batch.policy_normal = optional(policy_normal);
  batch.step_uniform = optional(step_uniform);
  batch.step_normal = optional(step_normal);
  batch.reset_uniform = optional(reset_uniform);
  batch.reset_normal = optional(reset_normal);
  batch.state = optional(state);
  return batch;
}

}  // namespace seedbed
