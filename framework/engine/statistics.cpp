#include "engine/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/batch.hpp>

namespace seedbed {

std::vector<double> returns_of(const seedbed_batch& batch) {
  const std::uint64_t longest = *std::max_element(batch.length, batch.length + batch.episodes);
  std::vector<double> power(longest), returns(batch.episodes);
  discounts(batch.discount, longest, power.data());
  for (Trajectory tau : Batch(batch)) returns[tau.index()] = discounted_return(tau, power.data());
  return returns;
}

double entropy_of(const seedbed_batch& batch) {
  return -math::sum(batch.log_prob, batch.samples) / static_cast<double>(batch.samples);
}

BatchStatistics statistics_of(const seedbed_batch& batch) {
  BatchStatistics s;
  s.returns = returns_of(batch);
  const std::vector<double>& returns = s.returns;
  const auto N = static_cast<double>(batch.episodes);
  s.env_steps = batch.samples;
  s.return_mean = math::sum(returns.data(), returns.size()) / N;
  for (double R : returns) s.return_std += (R - s.return_mean) * (R - s.return_mean);
  s.return_std = batch.episodes > 1 ? std::sqrt(s.return_std / (N - 1.0)) : 0.0;
  s.return_min = *std::min_element(returns.begin(), returns.end());
  s.return_max = *std::max_element(returns.begin(), returns.end());
  s.reward_sum_mean =
      batch.discount == 1.0 ? s.return_mean : math::sum(batch.reward, batch.samples) / N;
  s.episode_length_mean = static_cast<double>(batch.samples) / N;
  s.entropy = entropy_of(batch);
  return s;
}

}  // namespace seedbed
