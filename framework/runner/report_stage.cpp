#include "runner/report_stage.hpp"

#include <algorithm>

namespace seedbed {

std::optional<ReportStage> report_stage(const Suite& suite, const Plan& plan,
                                        const std::vector<bool>& done) {
  const auto stage = std::ranges::find(suite.stages, StageKind::report, &Stage::kind);
  if (stage == suite.stages.end()) return std::nullopt;
  ReportStage report{stage->name, {}, ""};
  for (const Stage& each : suite.stages)
    if (each.kind != StageKind::report &&
        (stage->after.empty() || std::ranges::count(stage->after, each.name)))
      report.stages.push_back(each.name);
  for (std::size_t i = 0; i < plan.tasks.size() && report.missing.empty(); ++i)
    if (!done[i] && std::ranges::count(report.stages, suite.stages[plan.tasks[i].stage].name))
      report.missing = plan.tasks[i].file;
  return report;
}

}  // namespace seedbed
