#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "suite/plan_file.hpp"

namespace seedbed {

/// What `run` publishes as plan.json: with provenance and the optima that an oracle knows, so that
/// collecting takes neither suite nor plugins.
PlanFile plan_to_publish(const Suite& suite, const Plan& plan,
                         const std::filesystem::path& suite_path);

/// Collects the run files of a plan below `output` into its results.h5. Throws Error (exit 5) where
/// one is missing, damaged or of another task, unless `partial` (store/collection.hpp).
void gather(const PlanFile& plan, const std::filesystem::path& output, bool partial = false);

/// Collects those stages alone, for a report stage that waits for no others, and gives the file:
/// report/results.h5 below `output`. It is removed when results.h5 is collected. Throws as above.
std::filesystem::path gather_for_report(const PlanFile& plan, const std::filesystem::path& output,
                                        const std::vector<std::string>& stages);

}  // namespace seedbed
