#pragma once
#include <vector>

#include "diagnostics/diagnosis.hpp"
#include "diagnostics/reference.hpp"
#include "engine/gradient_study.hpp"
#include "store/writer.hpp"

namespace seedbed {

/// /gradient of a gradient stage (framework/store/README.md); its scales estimator and parameter
/// are there already.
class GradientRecord {
 public:
  GradientRecord(Writer& writer, const Configuration& configuration);

  void reference(const Reference& reference);
  void diagnoses(const std::vector<Diagnosis>& diagnoses);
  /// Of the policy at theta; the spectrum is left out where it was not kept.
  void policy(const Measured& entropy, const ScoreCovariance& scores);
  /// env_steps, seconds: of all batches, per estimator. Seconds go below /timing.
  void costs(const std::vector<Diagnosis>& diagnoses, const std::vector<std::uint64_t>& env_steps,
             const std::vector<double>& seconds);

 private:
  void moments(const std::vector<Diagnosis>& diagnoses);
  void test_of_bias(const std::vector<Diagnosis>& diagnoses);
  void measured(const std::string& path, const Dimensions& dims, const std::vector<Measured>& x,
                const Meaning& meaning);

  Writer& writer_;
  const Configuration& configuration_;
};

}  // namespace seedbed
