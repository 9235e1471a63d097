#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/arena.hpp"
#include "engine/decision_problem.hpp"
#include "engine/estimate.hpp"
#include "engine/noise.hpp"
#include "engine/recordings.hpp"
#include "engine/rollout.hpp"
#include "engine/shared_scores.hpp"

namespace seedbed {

/// An estimator with the state that it carries from batch to batch.
struct EstimatorInUse {
  EstimatorInUse(const Setting& setting, const DecisionProblem& problem);

  Instance instance;
  seedbed_estimator_info info;
  std::vector<double> state;

  bool plans() const { return instance.functions<seedbed_estimator>().plan != nullptr; }
  bool weighs() const { return weights_of(instance) != nullptr; }
};

/// Why this estimator cannot be given antithetic pairs, or "": one that is unbiased because a
/// trajectory's own weight depends on the others alone is so no longer when one of them mirrors it.
/// One that plans its own requests gets what it plans.
std::string refuses_pairs(const Instance& estimator);

/// plan -> rollout -> estimate -> commit for one problem, and the memory for it.
class Sampler {
 public:
  /// `antithetic`: episodes i and i + N/2 of a batch that nobody planned have the same noise names,
  /// and the second mirrors: 1-u for u, -z for z. Throws Error when N is then odd.
  Sampler(const DecisionProblem& problem, std::uint64_t episodes, std::uint32_t needs,
          bool antithetic = false);

  /// Draws the batch of an iteration: what `estimator` plans, or N episodes under theta. Throws
  /// Error when it refuses pairs and these are antithetic.
  seedbed_batch sample(const EstimatorInUse& estimator, const std::vector<double>& theta,
                       const Noise& noise, std::uint32_t iteration);
  /// Applies `estimator` to the batch and commits its state.
  Estimate estimate(EstimatorInUse& estimator, const seedbed_batch& batch,
                    const std::vector<double>& theta, bool keep_contributions);

  /// The same for estimators that all weigh scores, which are taken once.
  struct Weigher {
    EstimatorInUse& estimator;
    bool keep_contributions;
  };
  std::vector<Estimate> estimates(const std::vector<Weigher>& weighers, const seedbed_batch& batch,
                                  const std::vector<double>& theta);

  Recording& recording() { return recordings_.current(); }
  /// The batch that was drawn last stays as it is until this is let go.
  std::shared_ptr<const void> hold_batch() const { return recordings_.hold(); }
  BatchShape shape() const { return rollout_.shape(); }
  Arena& arena() { return arena_; }

 private:
  std::vector<Request> plan(const EstimatorInUse& estimator, const std::vector<double>& theta,
                            const Noise& noise, std::uint32_t iteration) const;
  std::vector<Request> plain(const std::vector<double>& theta) const;
  void commit(EstimatorInUse& estimator, const seedbed_batch& batch,
              const std::vector<double>& theta);

  const DecisionProblem& problem_;
  std::uint64_t episodes_;
  bool antithetic_;
  Rollout rollout_;
  Recordings recordings_;
  Arena arena_;
  SharedScores scores_;
};

/// theta_0: as given, or drawn by the policy's init.
std::vector<double> initial_theta(const DecisionProblem& problem, const std::vector<double>& given,
                                  const Noise& noise);

}  // namespace seedbed
