#pragma once
#include <cstdint>
#include <vector>

#include "engine/configuration.hpp"
#include "engine/decision_problem.hpp"
#include "engine/noise.hpp"
#include "engine/recordings.hpp"
#include "engine/rollout.hpp"

namespace seedbed {

/// A policy that stands still, rolled out on noise of its own. Episode i is a function of
/// (configuration, theta, noise, i) alone, not of how many are rolled out at once.
class PolicyEvaluation {
 public:
  PolicyEvaluation(const Configuration& configuration, const Noise& noise);

  const DecisionProblem& problem() const { return problem_; }
  const std::vector<double>& theta() const { return theta_; }
  Arena& arena() { return arena_; }

  /// Episodes first .. first + count - 1; the batch is valid until the next call. Throws Error
  /// (exit 1) when a plugin fails or a number is not finite.
  seedbed_batch roll_out(std::uint64_t first, std::uint64_t count);
  /// The batch of the last call stays as it is until this is let go.
  std::shared_ptr<const void> hold_batch() const { return recordings_.hold(); }

 private:
  DecisionProblem problem_;
  Noise noise_;
  std::vector<double> theta_;
  Rollout rollout_;
  Recordings recordings_;
  Arena arena_;
};

}  // namespace seedbed
