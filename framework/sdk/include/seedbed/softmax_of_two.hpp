#pragma once
#include <cstddef>
#include <seedbed/elementary.hpp>
#include <seedbed/pack.hpp>
#include <utility>

namespace seedbed {

/// A softmax of two actions. logits(lanes) is the pair of their packs z_0, z_1, in_packs; one of
/// them is the greatest, so that one exponential is enough, and all is one loop.
template <class Logits>
class SoftmaxOfTwo {
 public:
  SoftmaxOfTwo(Logits logits) : logits_(logits) {}

  /// Draws actions and gives their log pi, as Softmax does.
  void act(std::size_t n, const double* u, double* action, double* log_prob) const {
    in_packs(n, [&](auto lanes) {
      const auto [d0, d1] = below_maximum(lanes);
      const auto other = elementary::exp_of_negative(d0 + d1), Z = 1.0 + other;
      const auto drawn = lanes.load(u) * Z >= select(d0 == 0.0, 1.0, other);
      lanes.store(action, select(drawn, 1.0, lanes.zero()));
      lanes.store(log_prob, select(drawn, d1, d0) - elementary::log_of_one_to_two(Z));
    });
  }

  /// d log pi(a_j) / d z_0, which is exactly minus that by z_1: 1 - pi_0 is pi_1.
  void scores(std::size_t n, const double* action, double* of_0) const {
    in_packs(n, [&](auto lanes) {
      const auto [d0, d1] = below_maximum(lanes);
      const auto other = elementary::exp_of_negative(d0 + d1), inverse = 1.0 / (1.0 + other);
      const auto e0 = select(d0 == 0.0, 1.0, other), e1 = select(d1 == 0.0, 1.0, other);
      lanes.store(of_0, select(lanes.load(action) == 0.0, e1, -e0) * inverse);
    });
  }

 private:
  /// z - m.
  template <class Lanes>
  [[gnu::always_inline]] auto below_maximum(Lanes lanes) const {
    const auto [z0, z1] = logits_(lanes);
    const auto m = select(z1 > z0, z1, z0);
    return std::pair(z0 - m, z1 - m);
  }

  Logits logits_;
};

}  // namespace seedbed
