#pragma once
#include <deque>
#include <string>
#include <vector>

#include "check/bench.hpp"
#include "engine/sampler.hpp"
#include "suite/suite.hpp"

namespace seedbed {

/// A small process, an estimator at its theta, and a batch that it asked for.
class Practice {
 public:
  /// `suite`: one gradient stage with a theta. Batches of N from noise of `seed`.
  Practice(const Suite& suite, std::uint32_t seed);
  Practice(const Practice&) = delete;

  const DecisionProblem& problem() const { return problem_; }
  const Recording& recording() const { return sampler_.recording(); }
  const std::vector<double>& theta() const { return theta_; }
  const EstimatorInUse& estimator() const { return estimator_; }
  void commit();  ///< the estimator's state is then that after this batch

 private:
  Configuration configuration_;
  DecisionProblem problem_;
  std::vector<double> theta_;
  EstimatorInUse estimator_;
  mutable Sampler sampler_;
};

/// The processes of the inquiry that an estimator can be asked on, by the names of their files.
struct Practices {
  std::deque<std::pair<std::string, Practice>> all;
  std::string omission;  ///< Of one that was left out, why; "" when none was.
};

/// Estimator: the plugin on the bench, or, for other kinds, the one that the process names.
Practices practices_for(const Bench& bench);

}  // namespace seedbed
