#pragma once
#include <memory>
#include <vector>

#include "engine/recording.hpp"
#include "oracle/noise_nodes.hpp"

namespace seedbed {

/// One player's episode so far. Copies share the past.
struct Walker {
  struct Step {
    std::vector<double> state, observation, action;
    double log_prob, reward;
    NoiseNode policy_noise, step_noise;
    std::shared_ptr<const Step> before;
  };

  std::vector<double> state, observation;  ///< now
  NoiseNode reset_noise;
  std::vector<double> action;  ///< of the step under way
  double log_prob = 0.0;
  NoiseNode policy_noise;
  std::shared_ptr<const Step> last;
  std::size_t steps = 0;
  bool ended = false, terminated = false;

  /// Ends the step under way.
  void go_on(std::vector<double> next_state, std::vector<double> next_observation, double reward,
             const NoiseNode& step_noise);
  /// Adds the episode to a recording, with what its shape asks for.
  void record(std::size_t episode, Recording& to) const;
};

}  // namespace seedbed
