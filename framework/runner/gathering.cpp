#include "runner/gathering.hpp"

#include <algorithm>
#include <map>

#include "oracle/optimum.hpp"
#include "runner/provenance.hpp"
#include "store/collection.hpp"
#include "suite/canonical.hpp"

namespace seedbed {

namespace {

/// The optimum of J, where it is known and the same for every cell: a line for the figures.
std::optional<double> common_optimum(const Stage& stage) {
  std::map<std::string, std::optional<double>> known;
  std::optional<double> common;
  for (const Cell& cell : stage.cells) {
    const Configuration& c = cell.configuration;
    const std::string problem = canonical(c.environment) + canonical(c.policy) +
                                std::to_string(c.objective.horizon) + " " +
                                canonical(c.objective.discount);
    const auto [J, is_new] = known.emplace(problem, std::nullopt);
    if (is_new) J->second = optimum(DecisionProblem(c));
    if (!J->second || (common && *common != *J->second)) return std::nullopt;
    common = J->second;
  }
  return common;
}

CollectAxis axis_of(const Dimension& dimension) {
  CollectAxis axis{dimension.name, dimension.labels};
  if (dimension.axes.size() != 1 || dimension.axes[0].name != dimension.name)
    for (const Axis& each : dimension.axes) axis.together.push_back({each.name, each.labels});
  return axis;
}

CollectCell cell_of(const PlanFile::Cell& cell, const std::filesystem::path& output) {
  CollectCell collected{cell.name, {}, cell.index};
  for (const Coordinate& each : cell.coordinates)
    collected.coordinates.emplace_back(each.axis, each.label);
  for (const PlanFile::Task& task : cell.tasks)
    collected.replicates.push_back({output / task.file, task.id});
  return collected;
}

CollectStage stage_of(const PlanFile::Stage& stage, const std::filesystem::path& output) {
  CollectStage made{stage.name, stage.kind, {}, {}, stage.optimum};
  for (const Dimension& dimension : stage.dimensions) made.axes.push_back(axis_of(dimension));
  for (const PlanFile::Cell& cell : stage.cells) made.cells.push_back(cell_of(cell, output));
  return made;
}

std::filesystem::path file_for_report(const std::filesystem::path& output) {
  return output / "report" / "results.h5";
}

}  // namespace

PlanFile plan_to_publish(const Suite& suite, const Plan& plan,
                         const std::filesystem::path& suite_path) {
  PlanFile file = plan_file_of(suite, plan);
  file.suite_path = suite_path.string();
  file.provenance = Provenance(suite, suite_path).of_suite();
  for (std::size_t s = 0; s < plan.stages.size(); ++s)
    file.stages[s].optimum = common_optimum(suite.stages[plan.stages[s].stage]);
  return file;
}

void gather(const PlanFile& plan, const std::filesystem::path& output, bool partial) {
  std::vector<CollectStage> stages;
  for (const PlanFile::Stage& stage : plan.stages)
    if (stage.kind != stage_kind_name(StageKind::report)) stages.push_back(stage_of(stage, output));
  collect(stages, {plan.title, plan.suite_hash, plan.provenance}, output / "results.h5", partial);
  std::error_code none;  // mostly
  std::filesystem::remove(file_for_report(output), none);
}

std::filesystem::path gather_for_report(const PlanFile& plan, const std::filesystem::path& output,
                                        const std::vector<std::string>& names) {
  std::vector<CollectStage> stages;
  for (const PlanFile::Stage& stage : plan.stages)
    if (std::ranges::count(names, stage.name)) stages.push_back(stage_of(stage, output));
  const std::filesystem::path file = file_for_report(output);
  collect(stages, {plan.title, plan.suite_hash, plan.provenance}, file);
  return file;
}

}  // namespace seedbed
