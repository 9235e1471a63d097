#pragma once
#include <optional>

#include "engine/decision_problem.hpp"

namespace seedbed {

/// The largest J that the policy can reach, where an oracle knows it: a linear-quadratic environment
/// under a linear-Gaussian policy whose only parameters are its gain K (a fixed variance).
std::optional<double> optimum(const DecisionProblem& problem);

}  // namespace seedbed
