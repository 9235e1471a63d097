#pragma once
#include <cstdint>
#include <vector>

#include "engine/arena.hpp"
#include "engine/decision_problem.hpp"
#include "engine/estimate.hpp"
#include "engine/noise.hpp"
#include "engine/recording.hpp"
#include "engine/rollout.hpp"

namespace seedbed {

/// An estimator with the state that it carries from batch to batch.
struct EstimatorInUse {
  EstimatorInUse(const Setting& setting, const DecisionProblem& problem);

  Instance instance;
  seedbed_estimator_info info{};
  std::vector<double> state;

  bool plans() const { return instance.functions<seedbed_estimator>().plan != nullptr; }
};

/// plan -> rollout -> estimate -> commit for one problem, and the memory for it.
class Sampler {
 public:
  Sampler(const DecisionProblem& problem, std::uint64_t episodes, std::uint32_t needs);

  /// Draws the batch of an iteration: what `estimator` plans, or N episodes under theta.
  seedbed_batch sample(const EstimatorInUse& estimator, const std::vector<double>& theta,
                       const Noise& noise, std::uint32_t iteration);
  /// Applies `estimator` to the batch and commits its state.
  Estimate estimate(EstimatorInUse& estimator, const seedbed_batch& batch,
                    const std::vector<double>& theta, bool keep_contributions);

  Recording& recording() { return recording_; }
  Arena& arena() { return arena_; }

 private:
  std::vector<Request> plan(const EstimatorInUse& estimator, const std::vector<double>& theta,
                            const Noise& noise, std::uint32_t iteration) const;

  const DecisionProblem& problem_;
  std::uint64_t episodes_;
  Rollout rollout_;
  Recording recording_;
  Arena arena_;
};

/// theta_0: as given, or drawn by the policy's init.
std::vector<double> initial_theta(const DecisionProblem& problem, const std::vector<double>& given,
                                  const Noise& noise);

}  // namespace seedbed
