#pragma once
#include <cmath>
#include <iterator>
#include <seedbed/arrays.hpp>
#include <seedbed/math.hpp>

namespace seedbed {

/// One trajectory of a batch: step t is sample `tau.sample(t)` of the batch.
class Trajectory {
 public:
  Trajectory(const seedbed_batch& batch, std::size_t index) : batch_(&batch), index_(index) {}

  std::size_t index() const { return index_; }
  std::int64_t length() const { return static_cast<std::int64_t>(batch_->length[index_]); }
  std::size_t sample(std::int64_t t) const {
    return batch_->begin[index_] + static_cast<std::size_t>(t);
  }
  const double* rewards() const { return batch_->reward + batch_->begin[index_]; }
  double reward(std::int64_t t) const { return rewards()[t]; }
  bool terminated() const { return batch_->terminated[index_] != 0.0; }

 private:
  const seedbed_batch* batch_;
  std::size_t index_;
};

/// A view of a ragged batch: `for (Trajectory tau : batch)`, in the order of episodes.
class Batch {
 public:
  explicit Batch(const seedbed_batch& batch) : raw_(&batch) {}

  std::size_t episodes() const { return raw_->episodes; }  ///< N
  std::size_t samples() const { return raw_->samples; }
  std::size_t horizon() const { return raw_->horizon; }  ///< H
  double discount() const { return raw_->discount; }     ///< gamma
  const seedbed_batch& raw() const { return *raw_; }
  Trajectory operator[](std::size_t i) const { return {*raw_, i}; }

  class Iterator {
   public:
    Iterator(const seedbed_batch& batch, std::size_t index) : batch_(&batch), index_(index) {}
    Trajectory operator*() const { return {*batch_, index_}; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const seedbed_batch* batch_;
    std::size_t index_;
  };
  Iterator begin() const { return {*raw_, 0}; }
  Iterator end() const { return {*raw_, raw_->episodes}; }

 private:
  const seedbed_batch* raw_;
};

/// power[t] = gamma^t, t < steps, by repeated multiplication; 0 below 2^-960.
inline void discounts(double gamma, std::size_t steps, double* power) {
  double value = 1.0;
  for (std::size_t t = 0; t < steps; ++t, value *= gamma) {
    if (std::abs(value) < 0x1p-960) value = 0.0;  // products with it would be denormal, and slow
    power[t] = value;
  }
}
/// The same in the scratch.
inline const double* discounts(double gamma, std::size_t steps, Scratch& scratch) {
  double* power = scratch.take(steps);
  discounts(gamma, steps, power);
  return power;
}

/// R_i = sum_t gamma^t r_t of one trajectory.
inline double discounted_return(Trajectory tau, const double* power) {
  return math::dot(power, tau.rewards(), static_cast<std::size_t>(tau.length()));
}

}  // namespace seedbed
