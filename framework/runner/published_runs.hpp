#pragma once
#include <filesystem>

#include "suite/plan.hpp"

namespace seedbed {

/// The plan of a suite whose results lie below `output`: the one way to it, for run, plan and who
/// else wants to know what is done. Reads only.
Plan plan_below(const Suite& suite, const std::filesystem::path& output);

/// Gives run files that the plan found below another name their name, too (hard links, or copies
/// where there are none). A label of an axis tells a value from the others, so one more value may
/// give other cells another name, and what is done stays done. Throws Error (exit 1).
void name_found_runs(const Plan& plan, const std::filesystem::path& output);

}  // namespace seedbed
