#pragma once
#include <cstdint>
#include <vector>

#include "engine/arena.hpp"
#include "engine/configuration.hpp"
#include "engine/instance.hpp"
#include "oracle/tabular.hpp"

namespace seedbed {

/// A tabular environment under a policy that can enumerate its actions, at one theta: the plugins'
/// answers as tables over (t, s, a). Keeps references to both instances.
class FiniteProcess {
 public:
  /// Whether both have the capabilities that this needs.
  static bool supports(const Instance& environment, const Instance& policy);

  /// Throws Error when a capability is missing or the two disagree about the number of actions.
  FiniteProcess(const Instance& environment, const Instance& policy, const Objective& objective,
                const std::vector<double>& theta, Arena& arena);

  const TabularProblem& problem() const { return problem_; }
  const seedbed_tabular_model& model() const { return problem_.model; }
  const std::vector<double>& log_pi() const { return log_pi_; }  ///< [H][S][A], by the policy
  const std::vector<double>& theta() const { return theta_; }
  const Instance& environment() const { return *environment_; }
  const Instance& policy() const { return *policy_; }
  std::size_t observation_size() const { return observation_size_; }

  /// sum over (t, s, a) of weight(t, s, a) psi_t(s, a), by one call of the policy's score; [d].
  std::vector<double> weighted_score(const std::vector<double>& weight, Arena& arena) const;

 private:
  void tabulate_policy(Arena& arena);

  const Instance *environment_, *policy_;
  std::vector<double> theta_;
  TabularProblem problem_;
  std::size_t observation_size_;
  /// Every (t, s, a) as a sample, in the order of the tables.
  std::vector<std::int64_t> t_;
  std::vector<double> observation_, action_;
  std::vector<double> log_pi_;
};

}  // namespace seedbed
