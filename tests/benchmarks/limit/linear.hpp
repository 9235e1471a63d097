#pragma once
#include <cstdint>
#include <vector>

namespace seedbed::limit {

struct Work {
  std::uint64_t steps = 0, episodes = 0;
  double gradient[8] = {};  ///< Mean over episodes; of reward-to-go, where it was asked for.
};

/// Steps of cartpole alone.
Work cartpole_steps(std::uint64_t steps);

/// Cartpole under a linear softmax, theta [2][4], horizon 500: noise, act, step and record, fused,
/// until `episodes` have ended (and what is under way then is dropped). `with_gradient`: one
/// contribution per trajectory of the reward-to-go gradient.
Work linear_rollout(const double* theta, std::uint64_t episodes, bool with_gradient,
                    std::uint32_t key);

}  // namespace seedbed::limit
