#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "suite/plan.hpp"

namespace seedbed {

/// What the tasks of a plan that are not done will cost.
struct CostEstimate {
  double steps = 0.0;             ///< Nominal environment steps (suite/cost.hpp).
  std::optional<double> seconds;  ///< Of one worker; nothing: unknown.
  std::string basis;              ///< "3 finished runs", "iterations timed here", or why unknown.
};

/// Seconds per nominal step come from /timing of up to three finished runs per stage; a stage that
/// has none is timed: a few iterations of up to four of its cells, from theta_0, in a child process
/// (what a plugin does to it is that child's end, and the stage's cost unknown). The wall time of
/// all the timing is at most `budget` seconds. Never throws for what a plugin or a run file does.
CostEstimate estimate_cost(const Suite& suite, const Plan& plan,
                           const std::filesystem::path& output, double budget);

}  // namespace seedbed
