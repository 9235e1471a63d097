#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/decision_problem.hpp"
#include "oracle/dense.hpp"
#include "oracle/tabular_variance.hpp"

namespace seedbed {

/// Where the variance of one contribution g comes from. With F_k what is known after k draws of
///
///   s_0, a_0, (r_0, s_1), a_1, (r_1, s_2), ...
///
/// E[g|F_k] is a martingale, so that Var g is the sum of its increments' E (E[g|F_k] -
/// E[g|F_k-1])^2, one part for each draw. What a draw does later by what follows from it is its
/// own.
struct VarianceSources {
  std::vector<double> initial;  ///< [d] of s_0
  Dense action;                 ///< [H][d] of a_t
  Dense transition;             ///< [H][d] of s_{t+1}, of r_t and of whether the process ends

  double total() const;  ///< The sum of all parts: tr Var g.
};

/// The sum of the components of row t.
double row_sum(const Dense& parts, std::size_t t);

/// Of the estimators of tabular_variance.hpp, exact up to rounding: O(H S A o d) time for o
/// outcomes of an action, O(H S d) memory.
VarianceSources critic_sources(const FiniteProcess& process, const Critic& critic, Arena& arena);
VarianceSources reinforce_sources(const FiniteProcess& process, double b, Arena& arena);
VarianceSources all_action_sources(const FiniteProcess& process, Arena& arena);

/// An estimator and its sources.
struct NamedSources {
  std::string name;  ///< As in the variance ladder.
  VarianceSources sources;
};

/// REINFORCE, reward-to-go without and with b = V(s), all-action. None where environment and policy
/// are no finite process.
std::optional<std::vector<NamedSources>> sources_of_ladder(const DecisionProblem& problem,
                                                           const std::vector<double>& theta,
                                                           Arena& arena);

}  // namespace seedbed
