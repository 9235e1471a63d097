#include "engine/left_out.hpp"

#include "engine/subset.hpp"

namespace seedbed {

void LeftOut::take(const seedbed_batch& whole, const std::vector<std::vector<std::size_t>>& groups,
                   std::size_t parameters) {
  order_.clear();
  first_.assign(1, 0);
  for (const auto& group : groups) {
    order_.insert(order_.end(), group.begin(), group.end());
    first_.push_back(order_.size());
  }
  for (std::size_t i = 0; i < first_[groups.size() - 1]; ++i) order_.push_back(order_[i]);
  take_episodes(whole, order_, parameters, twice_);
}

std::span<const std::size_t> LeftOut::kept(std::size_t k) const {
  const std::size_t all = first_.back();
  return std::span(order_).subspan(first_[k + 1], all - (first_[k + 1] - first_[k]));
}

seedbed_batch LeftOut::without(std::size_t k) {
  const std::size_t first = first_[k + 1], sample = twice_.begin[first];
  seedbed_batch batch = twice_.view();
  batch.episodes = kept(k).size();
  begin_.resize(batch.episodes);
  for (std::size_t i = 0; i < batch.episodes; ++i) begin_[i] = twice_.begin[first + i] - sample;
  batch.samples = begin_.back() + twice_.length[first + batch.episodes - 1];
  batch.begin = begin_.data();
  for (const double** of : {&batch.reward, &batch.log_prob}) *of += sample;
  batch.t += sample;
  for (seedbed_in* of : {&batch.observation, &batch.action, &batch.state, &batch.policy_uniform,
                         &batch.policy_normal, &batch.step_uniform, &batch.step_normal})
    if (of->data) of->data += sample;
  for (const std::uint64_t** of : {&batch.length, &batch.noise, &batch.request}) *of += first;
  batch.terminated += first;
  for (seedbed_in* of : {&batch.final_observation, &batch.reset_uniform, &batch.reset_normal})
    if (of->data) of->data += first;
  return batch;
}

}  // namespace seedbed
