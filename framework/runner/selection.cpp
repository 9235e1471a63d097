#include "runner/selection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <seedbed/error.hpp>
#include <set>

#include "suite/condition.hpp"

namespace seedbed {

namespace {

/// The axes with their labels, stages and cells by name, replicates by number.
Vocabulary vocabulary_of(const Suite& suite) {
  Vocabulary vocabulary;
  for (const Stage& stage : suite.stages)
    for (const Axis& axis : stage.axes) {
      std::vector<std::string>& labels = vocabulary[axis.name];
      for (const std::string& label : axis.labels)
        if (std::ranges::find(labels, label) == labels.end()) labels.push_back(label);
    }
  std::set<std::string> cells;
  vocabulary["stage"].clear();
  for (const Stage& stage : suite.stages) {
    vocabulary["stage"].push_back(stage.name);
    for (const Cell& cell : stage.cells) cells.insert(cell.name);
  }
  vocabulary["cell"].assign(cells.begin(), cells.end());
  vocabulary["replicate"].clear();  // any: there may be more next time
  return vocabulary;
}

std::optional<std::string> label_of(const Suite& suite, const Task& task, const std::string& name) {
  const Stage& stage = suite.stages[task.stage];
  const Cell& cell = stage.cells[task.cell];
  if (name == "stage") return stage.name;
  if (name == "cell") return cell.name;
  if (name == "replicate") return std::to_string(task.replicate);
  for (const Coordinate& coordinate : cell.coordinates)
    if (coordinate.axis == name) return coordinate.label;
  return std::nullopt;
}

using Flags = std::vector<bool>;

void keep_those_that_hold(const Suite& suite, const Plan& plan, const std::string& text,
                          Flags& keep) {
  const Condition condition(text, vocabulary_of(suite));
  for (std::size_t i = 0; i < keep.size(); ++i)
    keep[i] = keep[i] && condition.holds([&](const std::string& name) {
      return label_of(suite, plan.tasks[i], name);
    });
  if (std::ranges::find(keep, true) == keep.end())
    throw Error(fmt::format("--only '{}': expected a condition that selects tasks, got none of {}",
                            text, keep.size()));
}

void keep_named(const Plan& plan, const std::vector<std::string>& names, Flags& keep) {
  const std::set<std::string> files(names.begin(), names.end());
  for (std::size_t i = 0; i < keep.size(); ++i)
    keep[i] = keep[i] && files.contains(plan.tasks[i].file);
}

/// The slice is cut from what is kept, whether it is done or not, so that all slices agree.
void keep_slice(const Suite& suite, const Plan& plan, const Slice& slice, Flags& keep) {
  std::vector<double> costs = nominal_costs(suite, plan);
  for (std::size_t i = 0; i < keep.size(); ++i)
    if (!keep[i]) costs[i] = 0;
  const Slicing slicing = cut(plan, costs, slice.count);
  for (std::size_t i = 0; i < keep.size(); ++i)
    keep[i] = keep[i] && slicing.slice[i] == slice.index;
}

/// Calls `look` with every task that another one waits for, until it says false.
template <class Look>
void each_need(const Plan& plan, std::size_t task, const Look& look) {
  for (const std::size_t need : plan.tasks[task].needs)
    if (!look(need)) return;
  for (const PlannedStage& stage : plan.stages) {
    if (task < stage.first || task >= stage.first + stage.count) continue;
    for (const std::size_t before : stage.after)
      for (std::size_t i = 0; i < plan.stages[before].count; ++i)
        if (!look(plan.stages[before].first + i)) return;
  }
}

/// Sets aside what waits for tasks that are neither done nor to be done here.
void set_waiting_aside(const Plan& plan, Selection& selection) {
  Flags there(plan.tasks.size());
  for (std::size_t i = 0; i < there.size(); ++i)
    there[i] = plan.tasks[i].state == Task::State::done;
  std::vector<std::size_t> todo;
  for (const std::size_t task : selection.todo) {
    bool ready = true;
    each_need(plan, task, [&](std::size_t need) { return ready = there[need]; });
    there[task] = ready;
    (ready ? todo : selection.waiting).push_back(task);
  }
  selection.todo = todo;
}

}  // namespace

std::string missing_need(const Plan& plan, std::size_t task) {
  std::string file;
  each_need(plan, task, [&](std::size_t need) {
    if (plan.tasks[need].state != Task::State::done) file = plan.tasks[need].file;
    return file.empty();
  });
  return file;
}

Selection select(const Suite& suite, const Plan& plan, const SelectionOptions& options) {
  Flags keep(plan.tasks.size(), true);
  if (!options.only.empty()) keep_those_that_hold(suite, plan, options.only, keep);
  if (options.slice) keep_slice(suite, plan, *options.slice, keep);
  if (options.failed) keep_named(plan, *options.failed, keep);
  Selection selection;
  for (std::size_t i = 0; i < keep.size(); ++i) {
    if (!keep[i]) continue;
    selection.selected.push_back(i);
    if (options.force || plan.tasks[i].state != Task::State::done) selection.todo.push_back(i);
  }
  if (options.slice) set_waiting_aside(plan, selection);
  selection.is_whole = selection.selected.size() == plan.tasks.size();
  return selection;
}

}  // namespace seedbed
