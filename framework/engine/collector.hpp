#pragma once
#include "engine/estimate.hpp"
#include "engine/instance.hpp"

namespace seedbed {

/// The receiving end of seedbed_results: what an estimator says of one batch becomes an Estimate.
class Collector : public seedbed_results {
 public:
  Collector(std::size_t parameters, bool keep_contributions);

  /// g [count][d]: the contributions of the units first .. first+count-1; times factor [count],
  /// where there is one.
  void add(std::uint64_t first, std::uint64_t count, const double* g,
           const double* factor = nullptr);

  /// All that was said, once. Throws Error (exit 1) when that is no estimate (estimate.hpp).
  Estimate result(const Instance& estimator);

 private:
  template <std::size_t count>
  void add_to_moments(const double* g, const double* factor);
  void check(const Instance& estimator) const;

  std::size_t d_;
  bool keep_, in_order_ = true;
  Estimate estimate_;
};

}  // namespace seedbed
