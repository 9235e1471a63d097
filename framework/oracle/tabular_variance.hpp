#pragma once
#include <vector>

#include "engine/arena.hpp"
#include "oracle/contribution_moments.hpp"
#include "oracle/finite_process.hpp"
#include "oracle/step_moments.hpp"

namespace seedbed {

/// REINFORCE on a finite process, under every constant baseline. O(H S A (o + p) d) for o outcomes
/// of an action and scores of p entries: no matrix is carried from step to step.
ReinforceMoments reinforce_moments(const FiniteProcess& process, Arena& arena);

/// What decides which baselines of each step are best. O(H S A o d).
StepMoments step_moments(const FiniteProcess& process, Arena& arena);

/// g_j = sum_t decay^t psi_tj (A_t - b_tj), where A_t = sum_{k>=t} (gamma lambda)^{k-t} delta_k and
/// delta_k = r_k + gamma c_{k+1}(s_{k+1}) - c_k(s_k). After a termination c counts as 0.
///
/// With lambda = 1 and c_H = 0 it is reward-to-go with the baseline c_t(s) + b_tj.
struct Critic {
  std::vector<double> values;  ///< c [H+1][S]
  double lambda = 1.0;
  double decay = 1.0;     ///< gamma; or 1: the form without gamma^t, biased where gamma < 1
  Dense baselines{0, 0};  ///< b [H][d]; of no rows: 0
};

ContributionMoments critic_moments(const FiniteProcess& process, const Critic& critic,
                                   Arena& arena);

/// g = sum_t gamma^t sum_a pi_t(a|s_t) psi_t(s_t, a) Q_t(s_t, a), with the exact Q.
ContributionMoments all_action_moments(const FiniteProcess& process, Arena& arena);

/// Baselines as a critic's values [H+1][S], 0 at H: none; per step b_t = E[G_t | not ended before
/// t] (0 where that has probability 0); and state values V_t(s).
std::vector<double> no_baseline(const TabularProblem& problem);
std::vector<double> step_baseline(const TabularProblem& problem, const TabularSolution& solution);

}  // namespace seedbed
