#pragma once
#include <optional>
#include <vector>

#include "engine/sampler.hpp"
#include "oracle/certificate.hpp"
#include "oracle/variance_ladder.hpp"
#include "suite/suite.hpp"

namespace seedbed {

/// The gradient stage of a suite on a process that an oracle knows, and its estimator made for
/// batches of N.
class SmallProcess {
 public:
  /// Throws Error unless the suite has one gradient stage with a theta and no sweep.
  SmallProcess(const Suite& suite, std::size_t N);
  static std::size_t largest_N(const Suite& suite);  ///< Its `episodes`.

  const EstimatorInUse& estimator() const { return estimator_; }
  const Objective& objective() const { return problem_.objective(); }
  std::size_t parameters() const { return theta_.size(); }
  const std::vector<double>& theta() const { return theta_; }

  /// J, its gradient, the Fisher matrix, and the exact variances of the classic estimators.
  VarianceLadder ladder();

  /// Every batch, weighed; none when there are too many. An estimator with a state meets it as it
  /// begins, or `later`: after an earlier batch. That batch is some batch for an estimator that is
  /// certified given the earlier ones; every batch, at another theta, for one whose contributions
  /// hang together across iterations.
  std::optional<Certificate> certify(bool later);
  std::optional<Certificate> certify_at(const std::vector<double>& theta);

  /// What the estimator makes of the whole distribution in `copies` (oracle/population.hpp): its
  /// gradient minus the gradient of J. None where there is no such batch, or it plans its own.
  std::optional<std::vector<double>> bias_at_population(std::size_t copies);

 private:
  bool is_plain() const;
  FiniteProcess finite_at(const std::vector<double>& theta);
  std::optional<Certificate> certify(const std::vector<double>& theta,
                                     const std::vector<double>& state,
                                     const std::vector<double>& earlier_theta);

  Configuration configuration_;
  DecisionProblem problem_;
  EstimatorInUse estimator_;
  std::size_t N_;
  std::vector<double> theta_;
  Arena arena_;
};

}  // namespace seedbed
