#include "store/collection.hpp"

#include <algorithm>
#include <map>
#include <seedbed/error.hpp>
#include <set>

#include "store/evaluation_summary.hpp"
#include "store/final_policy.hpp"
#include "store/provenance.hpp"
#include "store/stage_collector.hpp"
#include "store/summary.hpp"

namespace seedbed {

namespace {

constexpr Declaration table_of_tasks[] = {
    {"/tasks/row", "row", "1", "row of this table"},
    {"/tasks/stage", "row", "1", "stage"},
    {"/tasks/cell", "row", "1", "cell of the sweep"},
    {"/tasks/replicate", "row", "1", "replicate"},
    {"/tasks/task", "row", "1", "identity of the task"},
    {"/tasks/status", "row", "1", "done, or why the run is not there"},
    {"/tasks/file", "row", "1", "run file"},
    {"/tasks/<axis>", "row", "1", "<axis>"}};

/// /tasks: one row per run with its label on every axis, for sweeps that are not grids and for what
/// is missing.
class TaskTable {
 public:
  void add(const CollectStage& stage, const std::vector<std::vector<FoundRun>>& found,
           const std::filesystem::path& folder) {
    for (std::size_t c = 0; c < found.size(); ++c)
      for (std::size_t r = 0; r < found[c].size(); ++r) {
        const CollectRun& run = stage.cells[c].replicates[r];
        row_.push_back(static_cast<std::int64_t>(row_.size()));
        stage_.push_back(stage.name);
        cell_.push_back(stage.cells[c].name);
        replicate_.push_back(static_cast<std::int64_t>(r));
        task_.push_back(run.task);
        status_.push_back(found[c][r].status);
        file_.push_back(std::filesystem::proximate(run.file, folder).generic_string());
        for (const auto& [axis, label] : stage.cells[c].coordinates) {
          if (!labels_.contains(axis)) axes_.push_back(axis);
          labels_[axis].resize(row_.size());
          labels_[axis].back() = label;
        }
      }
  }

  void write(Writer& writer) const {
    const Declared to(writer, table_of_tasks);
    to.scale("/tasks/row", row_);
    to.put("/tasks/stage", stage_);
    to.put("/tasks/cell", cell_);
    to.put("/tasks/replicate", replicate_);
    to.put("/tasks/task", task_);
    to.put("/tasks/status", status_);
    to.put("/tasks/file", file_);
    std::set<std::string> taken = {"row", "stage", "cell", "replicate", "task", "status", "file"};
    for (const std::string& axis : axes_) {
      std::string name = identifier(axis);
      while (!taken.insert(name).second) name += '_';
      std::vector<std::string> labels = labels_.at(axis);
      labels.resize(row_.size());
      writer.put("/tasks/" + name, {"row"}, labels,
                 declared(table_of_tasks, "/tasks/<axis>").meaning({{"axis", axis}}));
    }
  }

 private:
  std::vector<std::string> axes_;  ///< In the order that they appear.
  std::map<std::string, std::vector<std::string>> labels_;
  std::vector<std::int64_t> row_, replicate_;
  std::vector<std::string> stage_, cell_, task_, status_, file_;
};

/// Throws Error with the runs that are not there, or not the ones expected, and why.
void refuse_missing(const std::vector<StageCollector>& collectors,
                    const std::filesystem::path& output) {
  constexpr std::size_t shown = 20;
  std::size_t missing = 0, all = 0;
  std::string reasons;
  for (const StageCollector& each : collectors)
    for (const auto& cell : each.found())
      for (const FoundRun& run : cell) {
        ++all;
        if (run.is_present) continue;
        if (++missing <= shown) reasons += "\n  " + run.status;
      }
  if (missing == 0) return;
  if (missing > shown) reasons += "\n  and " + std::to_string(missing - shown) + " more";
  throw Error(output.string() + ": expected all runs of the plan, got " +
                  std::to_string(all - missing) + " of " + std::to_string(all) + ":" + reasons,
              Exit::damaged);
}

void check_names(const std::vector<CollectStage>& stages) {
  for (const CollectStage& stage : stages)
    for (const char* taken : {"tasks", "summary", "timing", "provenance"})
      if (stage.name == taken || stage.name.find('/') != std::string::npos)
        throw Error("stage '" + stage.name +
                    "': expected a name without '/' other than tasks, "
                    "summary, timing and provenance, got this one");
}

}  // namespace

std::vector<Declarations> collected_datasets() {
  return {StageCollector::datasets(),  FinalPolicy::datasets(),       LearnSummary::datasets(),
          GradientSummary::datasets(), EvaluationSummary::datasets(), table_of_tasks};
}

void collect(const std::vector<CollectStage>& stages, const CollectHeader& header,
             const std::filesystem::path& output, bool partial) {
  check_names(stages);
  std::vector<StageCollector> collectors;
  TaskTable tasks;
  for (const CollectStage& stage : stages) {
    const StageCollector& made = collectors.emplace_back(stage);
    tasks.add(stage, made.found(), output.parent_path());
  }
  if (!partial) refuse_missing(collectors, output);
  Writer writer(output);
  writer.attribute("/", "title", header.title);
  writer.attribute("/", "suite_hash", header.suite_hash);
  for (const StageCollector& each : collectors) each.write(writer);
  tasks.write(writer);
  for (const auto& [name, text] : header.provenance) write_provenance(writer, name, text);
  writer.publish();
}

}  // namespace seedbed
