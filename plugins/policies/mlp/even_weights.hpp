#pragma once
#include <algorithm>
#include <seedbed/policy.hpp>

namespace seedbed {

/// Which segments a weighting weighs evenly, every sample as much as the others: its sum is then
/// its weight times a plain one, which all weightings that are even there share.
class EvenWeights {
 public:
  EvenWeights(Weights weights, const Segments& segments, Scratch& scratch)
      : weights_(weights),
        segments_(segments),
        is_(scratch.take_indices(weights.count * segments.count)),
        first_(scratch.take_indices(segments.count)) {
    std::fill_n(first_, segments.count, weights.count);
    for (std::size_t k = weights.count; k-- > 0;)
      for (std::size_t s = 0; s < segments.count; ++s) {
        const double *w = weights.w.row(k) + segments.begin[s], *end = w + segments.length[s];
        const bool even = w < end && std::all_of(w, end, [&](double x) { return x == *w; });
        is_[k * segments.count + s] = even;
        if (even) first_[s] = k;
      }
  }

  bool is(std::size_t k, std::size_t segment) const {
    return is_[k * segments_.count + segment] != 0;
  }
  /// The first weighting that is even there, or their number.
  std::size_t first(std::size_t segment) const { return first_[segment]; }
  double weight(std::size_t k, std::size_t segment) const {
    return weights_.w(k, segments_.begin[segment]);
  }

 private:
  Weights weights_;
  Segments segments_;
  std::uint64_t *is_, *first_;
};

}  // namespace seedbed
