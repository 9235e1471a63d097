#pragma once
#include <cstdint>

#include "engine/decision_problem.hpp"
#include "engine/recording.hpp"

namespace seedbed {

/// A number that is not finite, or an end that is neither 0 nor 1, costs the task: throws Error
/// (exit 1) that names plugin, quantity, iteration, episode and step.
void demand_finite(const DecisionProblem& problem, const Recording& recording,
                   std::uint64_t episode, std::uint32_t iteration);

}  // namespace seedbed
