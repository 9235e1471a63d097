#include "engine/decision_problem.hpp"

#include "engine/call.hpp"

namespace seedbed {

namespace {

seedbed_context environment_context(const Configuration& c) {
  return {nullptr, nullptr, 0, c.objective.horizon, c.objective.discount, c.episodes};
}

seedbed_context policy_context(const Configuration& c, const seedbed_environment_info& info) {
  return {info.observation, info.action, 0, c.objective.horizon, c.objective.discount, c.episodes};
}

}  // namespace

DecisionProblem::DecisionProblem(const Configuration& configuration)
    : objective_(configuration.objective),
      environment_(configuration.environment, environment_context(configuration)),
      environment_info_(described<seedbed_environment>(environment_)),
      policy_(configuration.policy, policy_context(configuration, environment_info_)),
      policy_info_(described<seedbed_policy>(policy_)),
      context_(policy_context(configuration, environment_info_)) {
  context_.parameters = policy_info_.parameters;
}

}  // namespace seedbed
