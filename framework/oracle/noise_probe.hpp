#pragma once
#include <cstdint>
#include <vector>

#include "engine/arena.hpp"
#include "engine/decision_problem.hpp"
#include "oracle/noise_nodes.hpp"

namespace seedbed {

/// Environment and policy as functions of their noise: one lane at many nodes. [nodes][outputs].
class NoiseProbe {
 public:
  using Outputs = std::vector<std::vector<double>>;

  NoiseProbe(const DecisionProblem& problem, Arena& arena) : problem_(problem), arena_(arena) {}

  /// state, then observation
  Outputs reset(const NoiseNodes& nodes);
  /// action, then log pi
  Outputs act(const std::vector<double>& theta, std::int64_t t,
              const std::vector<double>& observation, const NoiseNodes& nodes);
  /// pi(0), pi(0) + pi(1), ... without the last, 1: where a policy that lists its actions is likely
  /// to jump. Empty for others.
  std::vector<double> cumulative(const std::vector<double>& theta, std::int64_t t,
                                 const std::vector<double>& observation);
  /// next state, next observation, reward, terminated
  Outputs step(const std::vector<double>& state, const std::vector<double>& action,
               const NoiseNodes& nodes);

 private:
  const DecisionProblem& problem_;
  Arena& arena_;
};

}  // namespace seedbed
