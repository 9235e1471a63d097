#pragma once
#include <cstdint>
#include <vector>

#include "diagnostics/blocks.hpp"
#include "diagnostics/diagnosis.hpp"
#include "diagnostics/moments.hpp"
#include "diagnostics/reference.hpp"

namespace seedbed {

/// What one batch gave.
struct GradientDraw {
  const std::vector<double>& gradient;  ///< [d]
  std::uint64_t units;                  ///< N: contributions
  double variance_within;               ///< NaN: not known of this batch
  double effective_sample_size;         ///< NaN: not said
};

/// The gradients that one estimator gave on M batches, as sums: 128 d numbers, never M x d.
///
/// Intervals: of a component's variance by its kurtosis (Moments), of a share by Wilson, of |bias|
/// by the ball around the mean (diagnose), of everything else by leaving out a block of batches at
/// a time (BlockedSpread), on the logarithm of what is positive. So no law is assumed of the
/// gradients, and neither independence of components nor, within a block, of neighbouring batches.
class GradientSample {
 public:
  explicit GradientSample(Reference reference);
  void add(const GradientDraw& draw);
  Diagnosis diagnose() const;

  /// All that it holds, for one that saves or restores it.
  template <class Visitor>
  void members(Visitor& visit) {
    visit("reference", reference_);
    visit("moments", moments_);
    visit("spread", spread_);
    visit("squared_error", squared_error_);
    visit("cosine", cosine_);
    visit("pairwise_cosine", pairwise_cosine_);
    visit("within", within_);
    visit("effective_sample_size", effective_sample_size_);
    visit("agreements", agreements_);
    visit("units", units_);
    visit("last", last_);
  }

 private:
  void describe_components(Diagnosis& d) const;
  void describe_bias(Diagnosis& d) const;
  void describe_noise(Diagnosis& d) const;

  Reference reference_;
  Moments moments_;
  BlockedSpread spread_;
  BlockedMean squared_error_, cosine_, pairwise_cosine_, within_, effective_sample_size_;
  std::uint64_t agreements_ = 0, units_ = 0;
  std::vector<double> last_;
};

}  // namespace seedbed
