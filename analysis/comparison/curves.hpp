#pragma once
#include <cstddef>
#include <vector>

#include "analysis/statistics/reach.hpp"

namespace seedbed::comparison {

/// A column over iterations of one cell, [replicate][iteration]. It ends where its longest
/// replicate does; what a shorter one lacks is NaN.
class Curves {
 public:
  Curves(std::vector<double> data, std::size_t replicates);

  double at(std::size_t r, std::size_t i) const { return data_[r * iterations_ + i]; }
  std::size_t length() const { return length_; }

  /// Mean over the last tenth of the iterations, as /summary has it; NaN where one is.
  double final_value(std::size_t r) const;
  /// Area under the curve, as a mean height; NaN where a point is not finite.
  double mean_height(std::size_t r, const std::vector<double>& iteration) const;
  /// The first of this replicate's steps at which it is at least `level`, or the last one it has.
  /// A run without any: censored at 0.
  statistics::Reach first_at(double level, const Curves& steps, std::size_t r) const;
  /// Over the replicates that are present, at each iteration; a NaN counts as worst.
  std::vector<double> medians(const std::vector<bool>& present) const;

 private:
  std::size_t replicates_, iterations_, length_ = 0;
  std::vector<double> data_;
};

}  // namespace seedbed::comparison
