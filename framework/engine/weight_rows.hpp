#pragma once
#include <seedbed/plugin.h>

#include <algorithm>
#include <cstddef>

#include "engine/aligned.hpp"

namespace seedbed {

/// Weights of the samples of a batch, a row per weighting; those of row 0 are 1. Keeps its memory.
class WeightRows {
 public:
  /// Makes room for `count` rows beside row 0, whose weights are lost.
  void start(std::size_t count, std::size_t samples) {
    if ((count + 1) * stride_ <= data_.size() && samples <= stride_) return;
    // Cache lines, an odd number of them: powers of two would share cache sets.
    stride_ = std::max(stride_, (samples + samples / 8) / 16 * 16 + 24);
    data_ = AlignedDoubles((count + 1) * stride_);
    std::fill_n(data_.begin(), stride_, 1.0);
  }
  double* row(std::size_t k) { return data_.data() + k * stride_; }
  const double* row(std::size_t k) const { return data_.data() + k * stride_; }
  /// The rows k and following.
  seedbed_in from(std::size_t k) const { return {row(k), stride_}; }

 private:
  std::size_t stride_ = 0;
  AlignedDoubles data_;
};

}  // namespace seedbed
