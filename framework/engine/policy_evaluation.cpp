#include "engine/policy_evaluation.hpp"

#include "engine/sampler.hpp"

namespace seedbed {

PolicyEvaluation::PolicyEvaluation(const Configuration& configuration, const Noise& noise)
    : problem_(configuration),
      noise_(noise),
      theta_(initial_theta(problem_, configuration.theta, noise)),
      rollout_(problem_, 0),
      recordings_(rollout_.shape()) {}

seedbed_batch PolicyEvaluation::roll_out(std::uint64_t first, std::uint64_t count) {
  Request episodes;
  episodes.theta = theta_;
  episodes.episodes = count;
  episodes.first_noise = first;
  Recording& recording = recordings_.next();
  rollout_.run({episodes}, noise_, 0, recording, arena_);
  return recording.view();
}

}  // namespace seedbed
