#pragma once
#include <vector>

#include "diagnostics/diagnosis.hpp"
#include "diagnostics/reference.hpp"
#include "engine/gradient_study.hpp"
#include "store/declaration.hpp"

namespace seedbed {

/// /gradient of a gradient stage (framework/store/README.md).
class GradientRecord {
 public:
  GradientRecord(Writer& writer, const Configuration& configuration);

  /// Estimators, and the parameters of the policy: before all else.
  void dimensions(const std::vector<std::string>& parameters);
  void reference(const Reference& reference);
  /// tr Cov of a batch's estimate, per estimator; nothing is written where none is known.
  void exact_variances(const std::vector<double>& variances);
  void diagnoses(const std::vector<Diagnosis>& diagnoses);
  /// Of the policy at theta; the spectrum is left out where it was not kept.
  void policy(const Measured& entropy, const ScoreCovariance& scores);
  /// Per estimator: env_steps of all batches, and the mean seconds of one, which go below /timing.
  void costs(const std::vector<Diagnosis>& diagnoses, const std::vector<std::uint64_t>& env_steps,
             const std::vector<double>& seconds);

 private:
  void moments(const std::vector<Diagnosis>& diagnoses);
  void test_of_bias(const std::vector<Diagnosis>& diagnoses);
  void measured(const char* path, const std::vector<Measured>& x);

  Writer& writer_;
  Declared to_;
  const Configuration& configuration_;
};

}  // namespace seedbed
