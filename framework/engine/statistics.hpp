#pragma once
#include <seedbed/plugin.h>

#include <cstdint>
#include <vector>

namespace seedbed {

/// What a learning curve shows of one batch.
struct BatchStatistics {
  std::uint64_t env_steps = 0;
  double return_mean = 0, return_std = 0;  ///< R = sum gamma^t r_t; sample deviation, 0 when N = 1
  double return_min = 0, return_max = 0;
  double reward_sum_mean = 0;      ///< sum r_t, undiscounted
  double episode_length_mean = 0;  ///< steps
  double entropy = 0;              ///< entropy_of
  std::vector<double> returns;     ///< returns_of
};

BatchStatistics statistics_of(const seedbed_batch& batch);

/// -mean log pi(a|s) over the samples, nats.
double entropy_of(const seedbed_batch& batch);

/// R_i of every episode.
std::vector<double> returns_of(const seedbed_batch& batch);

}  // namespace seedbed
