#include "engine/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed {

std::vector<double> returns_of(const seedbed_batch& batch) {
  std::vector<double> returns(batch.episodes);
  for (std::size_t i = 0; i < batch.episodes; ++i) {
    double R = 0.0;
    for (std::size_t k = batch.length[i]; k > 0; --k)
      R = batch.reward[batch.begin[i] + k - 1] + batch.discount * R;
    returns[i] = R;
  }
  return returns;
}

double entropy_of(const seedbed_batch& batch) {
  double log_prob = 0.0;
  for (std::size_t i = 0; i < batch.episodes; ++i)
    for (std::size_t j = batch.begin[i]; j < batch.begin[i] + batch.length[i]; ++j)
      log_prob += batch.log_prob[j];
  return -log_prob / static_cast<double>(batch.samples);
}

BatchStatistics statistics_of(const seedbed_batch& batch) {
  BatchStatistics s;
  s.returns = returns_of(batch);
  const std::vector<double>& returns = s.returns;
  const auto N = static_cast<double>(batch.episodes), n = static_cast<double>(batch.samples);
  s.env_steps = batch.samples;
  for (double R : returns) s.return_mean += R / N;
  for (double R : returns) s.return_std += (R - s.return_mean) * (R - s.return_mean);
  s.return_std = batch.episodes > 1 ? std::sqrt(s.return_std / (N - 1.0)) : 0.0;
  s.return_min = *std::min_element(returns.begin(), returns.end());
  s.return_max = *std::max_element(returns.begin(), returns.end());
  double reward = 0.0, log_prob = 0.0;
  for (std::size_t i = 0; i < batch.episodes; ++i)
    for (std::size_t j = batch.begin[i]; j < batch.begin[i] + batch.length[i]; ++j) {
      reward += batch.reward[j];
      log_prob += batch.log_prob[j];
    }
  s.reward_sum_mean = reward / N;
  s.episode_length_mean = n / N;
  s.entropy = -log_prob / n;
  return s;
}

}  // namespace seedbed
