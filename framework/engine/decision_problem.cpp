#include "engine/decision_problem.hpp"

namespace seedbed {

namespace {

seedbed_environment_info describe_environment(const Instance& environment) {
  seedbed_environment_info info{};
  environment.functions<seedbed_environment>().describe(environment.self(), &info);
  return info;
}

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
      environment_info_(describe_environment(environment_)),
      policy_(configuration.policy, policy_context(configuration, environment_info_)),
      context_(policy_context(configuration, environment_info_)) {
  policy_.functions<seedbed_policy>().describe(policy_.self(), &policy_info_);
  context_.parameters = policy_info_.parameters;
}

}  // namespace seedbed
