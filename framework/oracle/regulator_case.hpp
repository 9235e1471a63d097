#pragma once
// For tests: a regulator of the shipped plugins at one theta.
#include "contract/setting.hpp"
#include "engine/decision_problem.hpp"
#include "oracle/linear_gaussian_process.hpp"

namespace seedbed {

/// A regulator of the shipped plugins.
struct RegulatorCase {
  RegulatorCase(const std::string& environment, const std::string& policy,
                const Objective& objective_, std::vector<double> theta_)
      : objective(objective_),
        theta(std::move(theta_)),
        problem(configuration(environment, policy, objective)),
        process(problem.environment(), problem.policy(), objective, theta) {}
  RegulatorCase(const RegulatorCase&) = delete;

  Objective objective;
  std::vector<double> theta;
  DecisionProblem problem;
  LinearGaussianProcess process;

 private:
  static Configuration configuration(const std::string& environment, const std::string& policy,
                                     const Objective& objective) {
    Configuration c;
    c.objective = objective;
    c.environment = contract::setting(SEEDBED_ENVIRONMENT, "linear-quadratic", environment);
    c.policy = contract::setting(SEEDBED_POLICY, "linear-gaussian", policy);
    return c;
  }
};

}  // namespace seedbed
