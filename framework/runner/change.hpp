#pragma once
#include <filesystem>
#include <string>

#include "suite/plan.hpp"

namespace seedbed {

/// In what the published run file of a task differs from the task itself, by what the file says of
/// its making: "plugin 'sgd' rebuilt (sha256 0123abcd… → 4567cdef…)", "seed 7 → 8", "policy.sigma
/// 0.04 → 0.1", with commas between. Throws Error (exit 5) when the file cannot be read.
std::string change_of(const Suite& suite, const Task& task, const std::filesystem::path& run_file);

/// change_of for the run files below `output`, for make_plan.
WhyChanged changes_below(const Suite& suite, const std::filesystem::path& output);

}  // namespace seedbed
