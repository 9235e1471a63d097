#include "runner/gathering.hpp"

#include "loader/sha256.hpp"
#include "oracle/optimum.hpp"
#include "runner/provenance.hpp"
#include "store/collection.hpp"
#include "suite/canonical.hpp"

namespace seedbed {

namespace {

/// The optimum of J, where it is known and the same for every cell: a line for the figures.
std::optional<double> common_optimum(const Stage& stage) {
  std::optional<double> common;
  for (const Cell& cell : stage.cells) {
    const std::optional<double> J = optimum(DecisionProblem(cell.configuration));
    if (!J || (common && *common != *J)) return std::nullopt;
    common = J;
  }
  return common;
}

CollectStage collect_stage(const Suite& suite, const Plan& plan, const PlannedStage& planned,
                           const std::filesystem::path& output) {
  const Stage& stage = suite.stages[planned.stage];
  CollectStage collected{stage.name,
                         stage_kind_name(stage.kind),
                         {},
                         {},
                         common_optimum(stage)};
  for (const Dimension& dimension : stage.dimensions) {
    CollectAxis& made = collected.axes.emplace_back(CollectAxis{dimension.name, dimension.labels});
    if (dimension.axes.size() == 1 && dimension.axes[0].name == dimension.name) continue;
    for (const Axis& axis : dimension.axes) made.together.push_back({axis.name, axis.labels});
  }
  for (const Cell& cell : stage.cells) {
    CollectCell& made = collected.cells.emplace_back(CollectCell{cell.name, {}, cell.index});
    for (const Coordinate& each : cell.coordinates)
      made.coordinates.emplace_back(each.axis, each.label);
  }
  for (std::size_t i = planned.first; i < planned.first + planned.count; ++i) {
    const Task& task = plan.tasks[i];
    auto& replicates = collected.cells.at(task.cell).replicates;
    replicates.resize(std::max<std::size_t>(replicates.size(), task.replicate + 1));
    replicates[task.replicate] = {output / task.file, task.id};
  }
  return collected;
}

}  // namespace

void gather(const Suite& suite, const Plan& plan, const std::filesystem::path& suite_path,
            const std::filesystem::path& output) {
  std::vector<CollectStage> stages;
  for (const PlannedStage& planned : plan.stages)
    if (suite.stages[planned.stage].kind != StageKind::report)
      stages.push_back(collect_stage(suite, plan, planned, output));
  const CollectHeader header{suite.title, sha256(suite.resolved),
                             Provenance(suite, suite_path).of_suite()};
  collect(stages, header, output / "results.h5");
}

}  // namespace seedbed
