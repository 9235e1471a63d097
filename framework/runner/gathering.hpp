#pragma once
#include <filesystem>

#include "suite/plan_file.hpp"

namespace seedbed {

/// What `run` publishes as plan.json: with provenance and the optima that an oracle knows, so that
/// collecting takes neither suite nor plugins.
PlanFile plan_to_publish(const Suite& suite, const Plan& plan,
                         const std::filesystem::path& suite_path);

/// Collects the run files of a plan below `output` into its results.h5. Throws Error (exit 5) where
/// one is missing, damaged or of another task, unless `partial` (store/collection.hpp).
void gather(const PlanFile& plan, const std::filesystem::path& output, bool partial = false);

}  // namespace seedbed
