#pragma once
#include <optional>
#include <string>
#include <vector>

#include "suite/plan.hpp"

namespace seedbed {

/// The stage of kind "report": it has no task, and is done by the one who waits for all.
struct ReportStage {
  std::string name;
  std::vector<std::string> stages;  ///< Those that it shows: its `after`, or all that have results.
  /// The first run file, in the order of the plan, that one of them has not got; "": all are there.
  std::string missing;
};

/// Nothing: the suite has none. `done`: of every task of the plan.
std::optional<ReportStage> report_stage(const Suite& suite, const Plan& plan,
                                        const std::vector<bool>& done);

}  // namespace seedbed
