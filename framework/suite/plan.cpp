#include "suite/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <seedbed/error.hpp>

#include "loader/sha256.hpp"
#include "suite/canonical.hpp"
#include "suite/contains.hpp"
#include "suite/order.hpp"

namespace seedbed {
namespace {

template <class Item>
void add_once(Item item, std::vector<Item>& items) {
  if (!contains(items, item)) items.push_back(item);
}

void collect(const Setting& setting, std::vector<const Plugin*>& plugins) {
  add_once(setting.plugin, plugins);
  for (const Value& value : setting.values)
    if (const auto* component = std::get_if<ComponentValue>(&value); component && *component)
      collect(**component, plugins);
}

/// What all replicates of a cell share of their identity. The name and the place of a cell do not
/// count; the number of a stage does where noise depends on it. Noise of a cell's own is a function
/// of what it is (runner/noise_key.hpp).
std::string identity_of(const Suite& suite, std::size_t index, const Cell& cell) {
  std::string text = fmt::format("seedbed result version {}\nkind {}\nseed {}\npairing {}\n",
                                 result_version, stage_kind_name(suite.stages[index].kind),
                                 suite.seed, suite.common_noise ? "common" : "independent");
  if (index > 0) text += fmt::format("stage {}\n", index);
  for (const Library* library : libraries_of(cell.configuration))
    text += "library " + library->sha256 + "\n";
  return sha256(text + cell.resolved);
}

/// What a task waits for that is not as it should be: "needs runs/.../r0000.h5, which is changed".
std::string want_of(const Task& task, const std::vector<Task>& tasks) {
  for (const std::size_t need : task.needs)
    if (tasks[need].state != Task::State::done)
      return fmt::format("needs {}, which is {}", tasks[need].file, state_name(tasks[need].state));
  return "";
}

/// What is published, as make_plan is told.
struct Published {
  const TaskIdOf& task_id_of;
  const WhyChanged& why_changed;
  const FileOf& file_of;
};

/// True when the run of a task lies below another name, which its cell had before.
bool find_elsewhere(Task& task, const Published& published) {
  if (!published.file_of) return false;
  const std::optional<std::string> file = published.file_of(task);
  if (!file) return false;
  task.state = Task::State::done;
  task.found = *file;
  task.why = "its run file is there, as " + *file;
  return true;
}

void find_state(Task& task, const std::vector<Task>& tasks, const Published& published) {
  using State = Task::State;
  const WhyChanged& why_changed = published.why_changed;
  task.why = "no run file yet";
  if (!published.task_id_of) return;
  try {
    const std::optional<std::string> id = published.task_id_of(task.file);
    if ((!id || *id != task.id) && find_elsewhere(task, published)) return;
    if (!id) return;
    task.state = *id == task.id ? State::done : State::changed;
    task.why = *id == task.id ? "its run file is there"
               : why_changed
                   ? why_changed(task)
                   : "its run file is of another configuration, seed or build of a plugin";
    if (const std::string want = want_of(task, tasks);
        task.state == State::changed && !want.empty())
      task.why = want;
  } catch (const Error& error) {
    task.state = State::damaged;
    task.why = error.what();
  }
}

/// The tasks of one stage after those of the stages before it. `plan.stages` tells where those are.
void add_tasks(const Suite& suite, std::size_t index, const Published& published, Plan& plan) {
  const Stage& stage = suite.stages[index];
  std::size_t theta_first = 0;
  for (const PlannedStage& planned : plan.stages)
    if (planned.name == stage.theta_stage) theta_first = planned.first;
  for (std::size_t c = 0; c < stage.cells.size(); ++c) {
    const Cell& cell = stage.cells[c];
    const std::string identity = identity_of(suite, index, cell);
    for (std::uint64_t replicate = 0; replicate < suite.replicates; ++replicate) {
      Task task;
      task.stage = index;
      task.cell = c;
      task.replicate = replicate;
      std::string text = fmt::format("{}\nreplicate {}\n", identity, replicate);
      if (cell.theta_cell) {
        task.needs = {theta_first + *cell.theta_cell * suite.replicates + replicate};
        text += fmt::format("theta of {}\n", plan.tasks[task.needs[0]].id);
      }
      task.id = sha256(text);
      task.file = fmt::format("runs/{}/{}/r{:04}.h5", stage.name, cell.name, replicate);
      find_state(task, plan.tasks, published);
      plan.tasks.push_back(std::move(task));
    }
  }
}

/// Whole stages that a stage needs. A report without any named needs all.
bool needs_all_of(const Stage& stage, const Stage& other) {
  if (stage.kind == StageKind::report && stage.after.empty()) return &stage != &other;
  return contains(stage.after, other.name);
}

/// after[i]: the indices in the suite of the stages that stage i waits for, theta's included.
After after_of(const Suite& suite) {
  After after(suite.stages.size());
  for (std::size_t i = 0; i < suite.stages.size(); ++i)
    for (std::size_t j = 0; j < suite.stages.size(); ++j) {
      const Stage &stage = suite.stages[i], &other = suite.stages[j];
      if (needs_all_of(stage, other) ||
          (!stage.theta_stage.empty() && stage.theta_stage == other.name))
        after[i].push_back(j);
    }
  return after;
}

}  // namespace

std::vector<const Plugin*> plugins_of(const Configuration& configuration) {
  std::vector<const Plugin*> plugins;
  collect(configuration.environment, plugins);
  collect(configuration.policy, plugins);
  for (const Setting& estimator : configuration.estimators) collect(estimator, plugins);
  if (configuration.optimizer) collect(*configuration.optimizer, plugins);
  return plugins;
}

std::vector<const Library*> libraries_of(const Configuration& configuration) {
  std::vector<const Library*> libraries;
  for (const Plugin* plugin : plugins_of(configuration)) add_once(plugin->library, libraries);
  std::sort(libraries.begin(), libraries.end(),
            [](const Library* a, const Library* b) { return a->sha256 < b->sha256; });
  return libraries;
}

std::size_t Plan::count(Task::State state) const {
  return static_cast<std::size_t>(std::count_if(
      tasks.begin(), tasks.end(), [&](const Task& task) { return task.state == state; }));
}

const char* state_name(Task::State state) {
  constexpr const char* names[] = {"new", "done", "changed", "damaged"};
  return names[static_cast<int>(state)];
}

Plan make_plan(const Suite& suite, const TaskIdOf& task_id_of, const WhyChanged& why_changed,
               const FileOf& file_of) {
  const After after = after_of(suite);
  std::string cycle;
  for (const std::size_t i : cycle_of(after)) cycle += suite.stages[i].name + " -> ";
  if (!cycle.empty())
    throw Error("stages: expected an order, got a cycle: " + cycle +
                cycle.substr(0, cycle.find(" -> ")));
  Plan plan;
  std::vector<std::size_t> place(suite.stages.size());
  for (const std::size_t i : topological_order(after)) {
    PlannedStage stage{suite.stages[i].name, i, {}, plan.tasks.size(), 0};
    for (const std::size_t j : after[i])
      if (needs_all_of(suite.stages[i], suite.stages[j])) stage.after.push_back(place[j]);
    place[i] = plan.stages.size();
    add_tasks(suite, i, {task_id_of, why_changed, file_of}, plan);
    stage.count = plan.tasks.size() - stage.first;
    plan.stages.push_back(std::move(stage));
  }
  return plan;
}

}  // namespace seedbed
