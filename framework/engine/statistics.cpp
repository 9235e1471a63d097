#include "engine/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/backwards.hpp>

namespace seedbed {

namespace {

/// What an episode adds to a batch's statistics.
struct Sums {
  double R = 0, reward = 0, log_prob = 0;
};

/// done(episode, sums), in the order of episodes.
template <class Done>
void each_episode(const seedbed_batch& batch, Done&& done) {
  backwards<Sums>(
      batch,
      [reward = batch.reward, log_prob = batch.log_prob, gamma = batch.discount](
          Sums& sum, std::size_t sample) {
        sum.R = reward[sample] + gamma * sum.R;
        sum.reward += reward[sample];
        sum.log_prob += log_prob[sample];
      },
      done);
}

}  // namespace

std::vector<double> returns_of(const seedbed_batch& batch) {
  std::vector<double> returns(batch.episodes);
  each_episode(batch, [&](std::size_t i, const Sums& of) { returns[i] = of.R; });
  return returns;
}

double entropy_of(const seedbed_batch& batch) {
  double log_prob = 0.0;
  each_episode(batch, [&](std::size_t, const Sums& of) { log_prob += of.log_prob; });
  return -log_prob / static_cast<double>(batch.samples);
}

BatchStatistics statistics_of(const seedbed_batch& batch) {
  BatchStatistics s;
  s.returns.resize(batch.episodes);
  double reward = 0.0, log_prob = 0.0;
  each_episode(batch, [&](std::size_t i, const Sums& of) {
    s.returns[i] = of.R;
    reward += of.reward;
    log_prob += of.log_prob;
  });
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
