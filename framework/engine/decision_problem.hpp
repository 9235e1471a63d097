#pragma once
#include <cstdint>
#include <vector>

#include "engine/configuration.hpp"
#include "engine/instance.hpp"

namespace seedbed {

/// An environment, a policy for it, and the objective: what an estimator estimates the gradient of.
class DecisionProblem {
 public:
  explicit DecisionProblem(const Configuration& configuration);

  const Instance& environment() const { return environment_; }
  const Instance& policy() const { return policy_; }
  const seedbed_environment_info& environment_info() const { return environment_info_; }
  const seedbed_policy_info& policy_info() const { return policy_info_; }
  const Objective& objective() const { return objective_; }
  std::size_t parameters() const { return policy_info_.parameters; }  ///< d
  /// What an estimator or an optimizer for this problem is created with.
  const seedbed_context& context() const { return context_; }

 private:
  Objective objective_;
  Instance environment_;
  seedbed_environment_info environment_info_;
  Instance policy_;
  seedbed_policy_info policy_info_;
  seedbed_context context_;
};

}  // namespace seedbed
