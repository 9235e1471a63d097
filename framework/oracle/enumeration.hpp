#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/arena.hpp"
#include "engine/recording.hpp"
#include "oracle/finite_process.hpp"

namespace seedbed {

/// Trajectories of a finite process as a batch, one episode each, and the probability of each.
struct WeighedTrajectories {
  Recording recording;
  std::vector<double> probability;
};

/// Number of trajectories of positive probability: initial state, then action and outcome at every
/// step until the process ends or the horizon cuts it. As a double, for it may be astronomical.
double count_trajectories(const FiniteProcess& process);

/// Hands every trajectory to `visit`, in blocks of at most `block` that together are the whole
/// distribution. `visit` may read the block until it returns.
void for_each_block(const FiniteProcess& process, std::size_t block,
                    const std::function<void(WeighedTrajectories&)>& visit);

/// Hands every ordered N-tuple of trajectories to `visit` as a batch of N episodes, with its
/// probability. Throws Error when there are more than 2^24 of them.
void for_each_batch(const FiniteProcess& process, std::size_t N,
                    const std::function<void(const seedbed_batch&, double probability)>& visit);

}  // namespace seedbed
