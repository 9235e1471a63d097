#include "engine/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

/// What an episode adds to a batch's statistics. Sums of one episode wait for each other, those of
/// several do not: so each has its own.
struct Sums {
  double R = 0, reward = 0, log_prob = 0;
};
Sums sums_of(const seedbed_batch& batch, std::size_t episode) {
  Sums s;
  const double *reward = batch.reward + batch.begin[episode],
               *log_prob = batch.log_prob + batch.begin[episode];
  for (std::size_t k = batch.length[episode]; k > 0; --k) {
    s.R = reward[k - 1] + batch.discount * s.R;
    s.reward += reward[k - 1];
    s.log_prob += log_prob[k - 1];
  }
  return s;
}

}  // namespace

std::vector<double> returns_of(const seedbed_batch& batch) {
  std::vector<double> returns(batch.episodes);
  for (std::size_t i = 0; i < batch.episodes; ++i) returns[i] = sums_of(batch, i).R;
  return returns;
}

double entropy_of(const seedbed_batch& batch) {
  double log_prob = 0.0;
  for (std::size_t i = 0; i < batch.episodes; ++i) log_prob += sums_of(batch, i).log_prob;
  return -log_prob / static_cast<double>(batch.samples);
}

BatchStatistics statistics_of(const seedbed_batch& batch) {
  BatchStatistics s;
  s.returns.resize(batch.episodes);
  double reward = 0.0, log_prob = 0.0;
  for (std::size_t i = 0; i < batch.episodes; ++i) {
    const Sums of = sums_of(batch, i);
    s.returns[i] = of.R;
    reward += of.reward;
    log_prob += of.log_prob;
  }
  const std::vector<double>& returns = s.returns;
  const auto N = static_cast<double>(batch.episodes), n = static_cast<double>(batch.samples);
  s.env_steps = batch.samples;
  for (double R : returns) s.return_mean += R / N;
  for (double R : returns) s.return_std += (R - s.return_mean) * (R - s.return_mean);
  s.return_std = batch.episodes > 1 ? std::sqrt(s.return_std / (N - 1.0)) : 0.0;
  s.return_min = *std::min_element(returns.begin(), returns.end());
  s.return_max = *std::max_element(returns.begin(), returns.end());
  s.reward_sum_mean = reward / N;
  s.episode_length_mean = n / N;
  s.entropy = -log_prob / n;
  return s;
}

}  // namespace seedbed
