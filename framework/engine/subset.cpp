#include "engine/subset.hpp"

#include <algorithm>

namespace seedbed {

namespace {

void copy(seedbed_in from, std::size_t at, std::size_t count, Rows& to, std::size_t place) {
  for (std::size_t i = 0; i < to.rows(); ++i)
    std::copy_n(from.data + i * from.stride + at, count, to.row(i) + place);
}

void copy_samples(const seedbed_batch& whole, std::size_t at, std::size_t count, Recording& part,
                  std::size_t place) {
  copy(whole.observation, at, count, part.observation, place);
  copy(whole.action, at, count, part.action, place);
  copy({whole.reward, 0}, at, count, part.reward, place);
  copy({whole.log_prob, 0}, at, count, part.log_prob, place);
  copy(whole.state, at, count, part.state, place);
  copy(whole.policy_uniform, at, count, part.policy_uniform, place);
  copy(whole.policy_normal, at, count, part.policy_normal, place);
  copy(whole.step_uniform, at, count, part.step_uniform, place);
  copy(whole.step_normal, at, count, part.step_normal, place);
}

void copy_episodes(const seedbed_batch& whole, std::size_t at, std::size_t count, Recording& part,
                   std::size_t place) {
  copy(whole.final_observation, at, count, part.final_observation, place);
  copy({whole.terminated, 0}, at, count, part.terminated, place);
  copy(whole.reset_uniform, at, count, part.reset_uniform, place);
  copy(whole.reset_normal, at, count, part.reset_normal, place);
  std::copy_n(whole.noise + at, count, part.noise.data() + place);
  std::copy_n(whole.request + at, count, part.request.data() + place);
}

}  // namespace

void take_episodes(const seedbed_batch& whole, std::span<const std::size_t> kept,
                   std::size_t parameters, Recording& part) {
  part.start(kept.size(), whole.requests);
  part.horizon = whole.horizon;
  part.discount = whole.discount;
  part.environment = whole.environment;
  part.policy = whole.policy;
  for (std::size_t r = 0; r < whole.requests; ++r) {
    part.theta[r].assign(whole.request_theta[r], whole.request_theta[r] + parameters);
    part.transform[r] = whole.request_transform[r];
  }
  for (std::size_t i = 0; i < kept.size(); ++i) part.length[i] = whole.length[kept[i]];
  part.place(0, kept.size());
  each_run(whole, kept, [&](std::size_t i, std::size_t count, std::size_t samples) {
    copy_samples(whole, whole.begin[kept[i]], samples, part, part.begin[i]);
    copy_episodes(whole, kept[i], count, part, i);
  });
}

}  // namespace seedbed
