#pragma once
#include <seedbed/batch.hpp>
#include <vector>

namespace seedbed {

/// π_t(a|s) and Q_t(s, a) of a finite process under the policy at one θ, exact, by the recursion
///
///   Q_t(s, a) = Σ_{s'} P(s'|s, a) [r + γ V_{t+1}(s')]        V_t(s) = Σ_a π_t(a|s) Q_t(s, a)
///
/// V_H = 0, and V = 0 after an end. Memory is the scratch's: it lives as long as the call.
class StateValues {
 public:
  /// Throws Error when environment or policy lacks its capability, when they disagree about the
  /// number of actions, or when two states look alike: then no observation tells the state.
  StateValues(const Batch& batch, const double* theta, Scratch& scratch);

  std::size_t actions() const { return A_; }
  /// The state that shows the observation in column j. Throws Error when none does.
  std::size_t state_of(In observation, std::size_t j) const;
  /// π_t(a|s) Q_t(s, a)
  double weight(std::size_t t, std::size_t s, std::size_t a) const {
    const std::size_t k = (t * S_ + s) * A_ + a;
    return pi_[k] * Q_[k];
  }

 private:
  void tabulate_policy(const Batch& batch, const double* theta, Scratch& scratch);
  void recurse(const Batch& batch, Scratch& scratch);
  /// Whether x shows less than y, number by number, in the first in which they differ.
  bool less(In x, std::size_t i, In y, std::size_t j) const;

  seedbed_tabular_model model_{};
  std::size_t S_ = 0, A_ = 0, observations_ = 0;
  double *pi_ = nullptr, *Q_ = nullptr;  ///< [H][S][A]
  std::vector<std::size_t> order_;       ///< states, by what they show
};

}  // namespace seedbed
