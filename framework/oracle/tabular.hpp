#pragma once
#include <seedbed/plugin.h>

#include <cstdint>
#include <vector>

namespace seedbed {

/// A finite process under a policy, over a finite horizon. S states, A actions.
struct TabularProblem {
  seedbed_tabular_model model{};  ///< Its arrays must outlive the problem.
  std::vector<double> pi;         ///< [H][S][A] pi_t(a|s); each row sums to 1 (not checked).
  std::uint64_t horizon = 0;      ///< H
  double discount = 1.0;          ///< gamma

  std::size_t at(std::size_t t, std::size_t s) const { return t * model.states + s; }
  std::size_t at(std::size_t t, std::size_t s, std::size_t a) const {
    return at(t, s) * model.actions + a;
  }
};

/// Its values, its state distribution, and what makes the gradient:
/// grad J = sum over (t, s, a) of weight(t, s, a) grad log pi_t(a|s).
struct TabularSolution {
  double J = 0.0;
  std::vector<double> V;       ///< [H+1][S]; V_H = 0
  std::vector<double> Q;       ///< [H][S][A]
  std::vector<double> d;       ///< [H][S] P(s_t = s, not ended before t)
  std::vector<double> weight;  ///< [H][S][A] gamma^t d_t(s) pi_t(a|s) Q_t(s, a)
};

/// Dynamic programming, exact up to rounding: O(H * rows).
TabularSolution solve(const TabularProblem& problem);

}  // namespace seedbed
