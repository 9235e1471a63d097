#pragma once
#include <cstdint>
#include <vector>

#include "engine/configuration.hpp"
#include "engine/decision_problem.hpp"
#include "engine/sampler.hpp"
#include "engine/statistics.hpp"

namespace seedbed {

/// All that a learn stage carries from one iteration to the next: the checkpoint.
struct LearnState {
  std::uint64_t iteration = 0;
  std::vector<double> theta, optimizer, estimator;

  /// All of it, for one that saves or restores it.
  template <class Visitor>
  void members(Visitor& visit) {
    visit("iteration", iteration);
    visit("theta", theta);
    visit("optimizer", optimizer);
    visit("estimator", estimator);
  }
};

/// What one iteration made, before theta moved.
struct Iteration {
  std::uint64_t index = 0;
  BatchStatistics statistics;
  Estimate estimate;
  double gradient_norm = 0;
  double kl = 0;  ///< kl_divergence of the update, where it is recorded; NaN of a planned batch
  bool diverged = false;  ///< the update left max |theta_j| <= configuration.divergence
  seedbed_batch batch{};  ///< valid until the next iteration, or longer (hold_batch)
};

/// plan -> rollout -> estimate -> commit -> optimizer step, as a function of (configuration, noise,
/// state) alone.
class Learner {
 public:
  Learner(const Configuration& configuration, const Noise& noise);

  const DecisionProblem& problem() const { return problem_; }
  LearnState begin() const;
  /// Advances `state` by one iteration. Throws Error (exit 1) when a plugin fails or a number is
  /// not finite; `state` is then what it was.
  Iteration step(LearnState& state);
  /// The batch of the last iteration stays as it is until this is let go.
  std::shared_ptr<const void> hold_batch() const { return sampler_.hold_batch(); }

 private:
  std::vector<double> updated(const LearnState& state, const std::vector<double>& gradient,
                              std::vector<double>& optimizer_state) const;

  DecisionProblem problem_;
  Noise noise_;
  std::vector<double> theta_;  ///< theta_0
  double divergence_;
  bool keep_contributions_, measure_kl_;
  EstimatorInUse estimator_;
  Instance optimizer_;
  Sampler sampler_;
  Arena arena_;
};

}  // namespace seedbed
