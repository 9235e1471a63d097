#pragma once
#include <seedbed/arrays.hpp>
#include <vector>

#include "form.hpp"

namespace seedbed {

/// The matrices of the process, row after row; Q, R and Q_next symmetric.
struct QuadraticProcess {
  std::size_t n, m;
  const std::vector<double>&A, &B, &Q, &R, &Q_next;
};

/// Step, run backwards: derivatives by its outputs pulled back to state and action.
///
///   lambda = next_state_bar + observation_bar - 2 reward_bar Q_next x'     x' = A x + B u + w
///   state_bar = A' lambda - 2 reward_bar Q x        action_bar = B' lambda - 2 reward_bar R u
class Adjoint {
 public:
  explicit Adjoint(const QuadraticProcess& p);

  /// lambda of `lanes` samples at the next states; [n][lanes].
  void at_next(In next, In next_state_bar, In observation_bar, const double* reward_bar, Out lambda,
               std::size_t lanes, Scratch& scratch) const;
  void to_state(In lambda, In x, const double* reward_bar, Out state_bar, std::size_t lanes,
                Scratch& scratch) const;
  void to_action(In lambda, In u, const double* reward_bar, Out action_bar, std::size_t lanes,
                 Scratch& scratch) const;

 private:
  std::size_t n_, m_;
  Map A_transposed_, B_transposed_, Q_, R_, Q_next_;
};

}  // namespace seedbed
