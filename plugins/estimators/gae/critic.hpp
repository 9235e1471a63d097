#pragma once
#include <seedbed/targets.hpp>
#include <vector>

namespace seedbed {

/// A linear state value on the features that the observation gives: V(s) = wᵀφ(s),
///
///   φ = (one-hot s, 1) of a discrete observation        φ = (s, 1) of a box
///
/// The weights w [size()] are the caller's.
class LinearCritic {
 public:
  explicit LinearCritic(const seedbed_space& observation)
      : discrete_(observation.kind == SEEDBED_DISCRETE),
        features_(discrete_ ? observation.count : observation.size) {}

  std::size_t size() const { return features_ + 1; }

  /// V of the observation in column j.
  double value(const double* w, In observation, std::size_t j) const {
    if (discrete_) return w[index(observation(0, j), features_)] + w[features_];
    double V = w[features_];
    for (std::size_t k = 0; k < features_; ++k) V += w[k] * observation(k, j);
    return V;
  }

  /// w = argmin 1/n Σ_j (wᵀφ_j − G_j)² + ridge ‖w‖² over all samples of the batch.
  void fit(const Batch& batch, const double* G, double ridge, double* w, Scratch& scratch) const;

 private:
  void add(In observation, std::size_t j, double G, double* M, double* c) const;

  bool discrete_;
  std::size_t features_;
};

}  // namespace seedbed
