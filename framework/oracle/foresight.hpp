#pragma once
#include <vector>

#include "oracle/outcome_table.hpp"
#include "oracle/step_scores.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

/// What is to be expected of a critic's estimator (tabular_variance.hpp) from step t on:
///
///   alpha_t(s) = E[A_t | s_t = s]      u_t(s) = E[sum_{k>=t} y^{k-t} psi_k A_k | s_t = s]
///
/// y the decay. Both end at 0 for t = H, and are 0 in states that are never reached.
struct Foresight {
  Foresight(const FiniteProcess& process, const Critic& critic, Arena& arena);

  const TabularProblem& p;
  Critic critic;
  std::size_t S, A, d;
  OutcomeTable outcomes;
  std::vector<StepScores> scores;  ///< [H]
  std::vector<double> visits;      ///< [H][S] d_t(s)
  std::vector<double> alpha;       ///< [H+1][S]
  std::vector<double> u;           ///< [H+1][S][d]

  /// [d] of the draw of s_0.
  std::vector<double> initial_variance() const;
  /// A_t as expected after outcome o of (t, s): delta_t + gamma lambda alpha_{t+1}(s').
  double surprise(std::size_t t, std::size_t s, const OutcomeTable::Outcome& o) const;
  /// Its mean over the outcomes: E[A_t | s, a].
  double advantage(std::size_t t, std::size_t s, std::size_t a) const;
  /// to += weight E[y u_{t+1}(s') | s, a]
  void add_following(std::size_t t, std::size_t s, std::size_t a, double weight, double* to) const;
};

}  // namespace seedbed
