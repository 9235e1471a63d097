#pragma once
#include <seedbed/batch.hpp>

namespace seedbed {

/// What a baseline predicts: one value per trajectory (whole returns, at t = 0) or one per step.
/// Its memory lies in the scratch that it was made from.
class Targets {
 public:
  /// One target per trajectory; all values are to be set.
  static Targets whole(const Batch& batch, Scratch& scratch) {
    const std::size_t N = batch.episodes();
    std::uint64_t* begin = scratch.take_indices(N);
    std::uint64_t* length = scratch.take_indices(N);
    std::uint64_t* sample = scratch.take_indices(N);
    auto* t = reinterpret_cast<std::int64_t*>(scratch.take_indices(N));
    for (std::size_t i = 0; i < N; ++i) {
      begin[i] = i;
      length[i] = 1;
      sample[i] = batch.raw().begin[i];
      t[i] = 0;
    }
    double* value = scratch.take(N);
    return Targets({N, begin, length, t, sample, value, 1}, value);
  }

  /// One target per step, at the indices of the batch's samples; all values are to be set.
  static Targets per_step(const Batch& batch, Scratch& scratch) {
    const seedbed_batch& b = batch.raw();
    double* value = scratch.take(b.samples);
    return Targets({b.samples, b.begin, b.length, b.t, nullptr, value, b.horizon}, value);
  }

  double& operator()(Trajectory tau, std::int64_t t = 0) { return value_[index(tau, t)]; }
  double operator()(Trajectory tau, std::int64_t t = 0) const { return value_[index(tau, t)]; }
  /// Where the target of step t lies; also the index into a baseline's values.
  std::size_t index(Trajectory tau, std::int64_t t = 0) const {
    return raw_.begin[tau.index()] + static_cast<std::size_t>(t);
  }
  double* values() { return value_; }  ///< at those indices
  std::size_t count() const { return raw_.count; }
  const seedbed_targets& raw() const { return raw_; }

 private:
  Targets(seedbed_targets raw, double* value) : raw_(raw), value_(value) {}

  seedbed_targets raw_;
  double* value_;
};

}  // namespace seedbed
