#pragma once
#include <filesystem>

#include "suite/plan.hpp"

namespace seedbed {

/// Collects the run files of the whole plan below `output` into results.h5 there. Everything but
/// /timing is a function of suite, plugins and build. Throws Error (exit 5) when a run is missing
/// or not the one that the plan names.
void gather(const Suite& suite, const Plan& plan, const std::filesystem::path& suite_path,
            const std::filesystem::path& output);

}  // namespace seedbed
