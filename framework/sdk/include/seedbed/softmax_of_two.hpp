#pragma once
#include <cstddef>
#include <seedbed/arrays.hpp>
#include <seedbed/elementary.hpp>
#include <seedbed/pack.hpp>

namespace seedbed {

/// A softmax of two actions: all of it is a function of d = z_1 - z_0, and e = exp(-|d|) is its
/// only exponential: the likelier action has 1 / (1 + e), the other e / (1 + e). difference(lanes)
/// is the pack of their d, in_packs, so that each function is one loop.
template <class Difference>
class SoftmaxOfTwo {
 public:
  SoftmaxOfTwo(Difference difference) : difference_(difference) {}

  // As the functions of Softmax that have these names.

  void act(std::size_t n, const double* u, double* action, double* log_prob) const {
    in_packs(n, [&](auto lanes) {
      const auto d = difference_(lanes), e = exp_of_size(d), zero = lanes.zero();
      const auto drawn = lanes.load(u) * (1.0 + e) >= select(d > zero, e, 1.0);
      lanes.store(action, select(drawn, 1.0, zero));
      lanes.store(log_prob, log_of(select(drawn, d, -d), e));
    });
  }

  void log_prob(std::size_t n, const double* action, double* log_prob) const {
    in_packs(n, [&](auto lanes) {
      const auto d = difference_(lanes);
      const auto above = select(lanes.load(action) == lanes.zero(), -d, d);
      lanes.store(log_prob, log_of(above, exp_of_size(d)));
    });
  }

  void probabilities(std::size_t n, Out pi) const {
    in_packs(n, [&](auto lanes) {
      const auto d = difference_(lanes), e = exp_of_size(d), Z = 1.0 + e;
      const auto second = d > lanes.zero();
      lanes.store(pi.row(0), select(second, e, 1.0) / Z);
      lanes.store(pi.row(1), select(second, 1.0, e) / Z);
    });
  }

  /// Row 0: pi of the other action, or minus it where a_j is 1. Row 1 is exactly minus that.
  void scores(std::size_t n, const double* action, double* of_0) const {
    in_packs(n, [&](auto lanes) {
      const auto d = difference_(lanes), e = exp_of_size(d), zero = lanes.zero();
      const auto first = lanes.load(action) == zero;
      const auto other = select(select(first, -d, d) > zero, e, 1.0) / (1.0 + e);
      lanes.store(of_0, select(first, other, -other));
    });
  }

 private:
  template <class Real>
  [[gnu::always_inline]] static Real exp_of_size(Real d) {
    return elementary::exp_of_negative(-abs(d));
  }
  /// log pi of an action whose logit is `above` the other's.
  template <class Real>
  [[gnu::always_inline]] static Real log_of(Real above, Real e) {
    return min(above, Real(0.0)) - elementary::log1p_of_zero_to_one(e);
  }

  Difference difference_;
};

}  // namespace seedbed
