#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/configuration.hpp"
#include "engine/decision_problem.hpp"
#include "engine/sampler.hpp"
#include "engine/score_covariance.hpp"
#include "engine/within_variance.hpp"

namespace seedbed {

/// What an estimator made of a batch, and what that cost.
struct Evaluation {
  Estimate estimate;
  double variance_within = 0.0;  ///< WithinVariance; NaN: not known, or not asked of this batch
  std::uint64_t env_steps = 0;   ///< of its batch, which others may share
  double seconds = 0.0;  ///< wall time to sample (shared or not) and to estimate; NaN: not timed
};

/// A gradient stage: theta stands still, M independent batches are drawn, and every estimator is
/// evaluated on the same ones (an estimator that plans its own batches gets them under the same
/// noise names). Those that weigh scores share one pass over them, but in some batches, evenly
/// spread, where each estimator is evaluated by itself and its time is measured.
class GradientStudy {
 public:
  GradientStudy(const Configuration& configuration, const Noise& noise);

  const DecisionProblem& problem() const { return problem_; }
  const std::vector<double>& theta() const { return theta_; }
  Arena& arena() { return sampler_.arena(); }
  std::size_t estimators() const { return estimators_.size(); }
  const seedbed_estimator_info& info(std::size_t e) const { return estimators_[e]->info; }
  const EstimatorInUse& estimator_in_use(std::size_t e) const { return *estimators_[e]; }

  /// Draws batch number `batch` and evaluates each estimator.
  void step(std::uint64_t batch);

  /// Of the last step: the batch that was drawn last, and each estimator's evaluation.
  const seedbed_batch& batch() const { return batch_; }
  /// That batch stays as it is until this is let go.
  std::shared_ptr<const void> hold_batch() const { return sampler_.hold_batch(); }
  const std::vector<Evaluation>& evaluations() const { return evaluations_; }
  /// Of the last step's plain batch, in nats; NaN when every estimator plans its own.
  double entropy() const { return entropy_; }
  /// Of the plain batches so far.
  const ScoreCovariance& scores() const { return scores_; }

  /// What goes from one batch to the next, for one that saves or restores it.
  template <class Visitor>
  void members(Visitor& visit) {
    for (std::size_t e = 0; e < estimators_.size(); ++e)
      visit("estimator_" + std::to_string(e), estimators_[e]->state);
    visit("scores", scores_);
  }

 private:
  void sample(const EstimatorInUse& estimator, std::uint32_t iteration);
  void evaluate(std::size_t e, std::uint64_t batch);
  void evaluate_together(std::size_t first, std::size_t end, std::uint64_t batch);
  void note(std::size_t e, Estimate estimate, bool jackknifes, const std::vector<double>& state,
            double seconds);
  bool is_timed(std::uint64_t batch) const { return batch % timed_every_ == 0; }
  bool is_jackknifed(std::uint64_t batch) const { return batch % jackknife_every_ == 0; }

  DecisionProblem problem_;
  Noise noise_;
  std::vector<double> theta_;
  std::vector<std::unique_ptr<EstimatorInUse>> estimators_;
  Sampler sampler_;
  std::vector<WithinVariance> within_;
  SharedScores jackknife_scores_;
  ScoreCovariance scores_;
  std::uint64_t timed_every_, jackknife_every_;
  seedbed_batch batch_{};
  double sampling_seconds_ = 0.0, entropy_ = 0.0;
  std::vector<Evaluation> evaluations_;
};

}  // namespace seedbed
