#pragma once
#include <cstdint>
#include <functional>
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

/// Where f, a function of one uniform number that takes finitely many values, jumps: between two
/// neighbouring doubles (to 2^-52). Pieces narrower than 1/96 that begin and end between two points
/// of that grid with the same value on both sides are not seen: check what you build on it against
/// a probability that you know. Throws Error when there are more than 1024 jumps.
///
/// `likely`: numbers in ascending order, which are the answer, without a search, where f jumps
/// within 2^-40 of each of them and has one value between any two.
std::vector<double> jumps_of(
    const std::function<NoiseProbe::Outputs(const std::vector<double>&)>& f,
    const std::vector<double>& likely);

}  // namespace seedbed
