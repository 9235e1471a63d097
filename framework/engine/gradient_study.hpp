#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/configuration.hpp"
#include "engine/decision_problem.hpp"
#include "engine/sampler.hpp"

namespace seedbed {

/// Running mean and centred second and fourth moments of a vector. Pebay 2008.
struct Moments {
  explicit Moments(std::size_t size)
      : mean(size, 0.0), m2(size, 0.0), m3(size, 0.0), m4(size, 0.0) {}
  void add(const std::vector<double>& x);

  std::uint64_t count = 0;
  std::vector<double> mean, m2, m3, m4;
};

/// A gradient stage: theta stands still, M independent batches are drawn, and every estimator is
/// evaluated on the same ones (an estimator that plans its own batches gets them under the same
/// noise names).
class GradientStudy {
 public:
  GradientStudy(const Configuration& configuration, const Noise& noise);

  const DecisionProblem& problem() const { return problem_; }
  const std::vector<double>& theta() const { return theta_; }
  Arena& arena() { return sampler_.arena(); }
  const Instance& estimator(std::size_t e) const { return estimators_[e]->instance; }
  const EstimatorInUse& estimator_in_use(std::size_t e) const { return *estimators_[e]; }

  /// Draws batch number `batch` and adds each estimator's gradient to its moments.
  void step(std::uint64_t batch);

  /// Of the last step: the batch that was drawn last, and the gradient of each estimator.
  const seedbed_batch& batch() const { return batch_; }
  const std::vector<std::vector<double>>& gradients() const { return gradients_; }

  const std::vector<Moments>& moments() const { return moments_; }  ///< per estimator
  /// Environment steps that each estimator's batches cost so far.
  const std::vector<std::uint64_t>& env_steps() const { return env_steps_; }

 private:
  DecisionProblem problem_;
  Noise noise_;
  std::vector<double> theta_;
  std::vector<std::unique_ptr<EstimatorInUse>> estimators_;
  Sampler sampler_;
  std::vector<Moments> moments_;
  std::vector<std::uint64_t> env_steps_;
  seedbed_batch batch_{};
  std::vector<std::vector<double>> gradients_;
};

}  // namespace seedbed
