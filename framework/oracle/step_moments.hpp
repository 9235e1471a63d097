#pragma once
#include <vector>

#include "oracle/dense.hpp"

namespace seedbed {

/// What decides which baselines of each step are best for reward-to-go, which is G(PO)MDP:
///
///   g_j = sum_t gamma^t psi_tj (G_t - b_tj) = sum_k C_kj (gamma^k r_k - beta_kj)
///
/// with C_k = sum_{t<=k} psi_t and gamma^t b_t = sum_{k>=t} beta_k.
/// An episode that has ended goes on with reward 0 and score 0. Every table is [H][d].
struct StepMoments {
  double discount;  ///< gamma
  Dense squares;    ///< E psi_tj^2
  Dense products;   ///< gamma^-t E psi_tj g_j, of g without baselines
  Dense rewards;    ///< E C_kj^2 r_k

  /// The b_t that minimise the trace, all at once, one number for all components of a step.
  Dense best() const;
  /// The b_tj that minimise the variance of each component, all at once.
  Dense best_of_each() const;
  /// Peters & Schaal's: beta_kj is the best against r_k alone, as if there were no other step.
  Dense best_alone() const;
};

}  // namespace seedbed
