#pragma once
#include <memory>
#include <vector>

#include "diagnostics/blocks.hpp"
#include "diagnostics/moments.hpp"
#include "diagnostics/reference.hpp"
#include "engine/configuration.hpp"
#include "engine/decision_problem.hpp"
#include "engine/noise.hpp"
#include "engine/sampler.hpp"

namespace seedbed {

/// The gradient of J at theta where no oracle knows it: the mean of independent batches under noise
/// of its own, by the first of the configuration's estimators that declares itself unbiased for the
/// gradient of J. Kind "none" when there is no such estimator or reference_batches is 0.
///
/// It ends when the relative error (Reference) is at most reference_error, which is looked at after
/// 64, 128, 256, ... batches: so few looks hardly favour a lucky one; or after reference_batches.
class MonteCarloReference {
 public:
  MonteCarloReference(const DecisionProblem& problem, const Configuration& configuration,
                      std::vector<double> theta, const Noise& noise);

  bool is_done() const { return !estimator_ || is_good_ || batches_ == most_batches_; }
  std::uint64_t batches() const { return batches_; }
  void step();  ///< One batch more.
  Reference result() const;

  /// What goes from one batch to the next, for one that saves or restores it.
  template <class Visitor>
  void members(Visitor& visit) {
    visit("batches", batches_);
    visit("next_look", next_look_);
    visit("is_good", is_good_);
    visit("moments", moments_);
    visit("spread", spread_);
    if (estimator_) visit("estimator", estimator_->state);
  }

 private:
  std::vector<double> theta_;
  Noise noise_;
  double error_;
  std::uint64_t most_batches_, batches_ = 0, next_look_;
  bool is_good_ = false;
  std::unique_ptr<EstimatorInUse> estimator_;  ///< Null: nobody can.
  std::unique_ptr<Sampler> sampler_;
  Moments moments_;
  BlockedSpread spread_;
};

/// All of it at once.
Reference monte_carlo_reference(const DecisionProblem& problem, const Configuration& configuration,
                                const std::vector<double>& theta, const Noise& noise);

}  // namespace seedbed
