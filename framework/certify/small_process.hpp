#pragma once
#include <memory>
#include <vector>

#include "engine/sampler.hpp"
#include "oracle/certificate.hpp"
#include "suite/suite.hpp"

namespace seedbed {

/// The gradient stage of a suite on a finite process, ready for enumeration.
class SmallProcess {
 public:
  /// Throws Error unless the suite has one gradient stage with a theta, on a process that can be
  /// enumerated.
  explicit SmallProcess(const Suite& suite);

  const Instance& estimator() const { return estimator_.instance; }
  const Objective& objective() const { return problem_.objective(); }
  std::size_t parameters() const { return theta_.size(); }
  std::size_t largest_N() const { return largest_N_; }
  const std::vector<double>& theta() const { return theta_; }

  bool has_state() const { return !estimator_.state.empty(); }
  const std::vector<double>& state() const { return estimator_.state; }  ///< Before any batch.
  std::vector<double> later_state();  ///< After a batch: some trajectory, alone.

  Certificate certify(std::size_t N, const std::vector<double>& state);
  Certificate certify_at(const std::vector<double>& theta, std::size_t N);

 private:
  Configuration configuration_;
  DecisionProblem problem_;
  EstimatorInUse estimator_;
  std::size_t largest_N_;
  std::vector<double> theta_;
  Arena arena_;
};

}  // namespace seedbed
