#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "suite/suite.hpp"

namespace seedbed {

/// Part of a task's identity: raised when the same task would give other bits.
inline constexpr std::uint32_t result_version = 1;

/// One replicate of one cell: what a worker runs, and one run file.
struct Task {
  /// fresh: no run file. done: it holds this very task. changed: it holds another one. damaged: it
  /// cannot be read.
  enum class State { fresh, done, changed, damaged };

  std::size_t stage = 0, cell = 0;  ///< Indices in the suite's stages and in the stage's cells.
  std::uint64_t replicate = 0;
  std::string id;    ///< SHA-256 of all that decides the result.
  std::string file;  ///< runs/<stage>/<cell>/r0007.h5, relative to the results folder.
  std::vector<std::size_t> needs;  ///< Indices in the plan of the tasks whose run files it reads.
  State state = State::fresh;
  std::string why;
  std::string found;  ///< Where its run file lies, when it is done and that is not `file`.
};

/// A stage in the plan: a run of tasks, and what it waits for.
struct PlannedStage {
  std::string name;
  std::size_t stage = 0;             ///< Index in the suite.
  std::vector<std::size_t> after;    ///< Indices in Plan::stages; it needs all tasks of those.
  std::size_t first = 0, count = 0;  ///< Its tasks: Plan::tasks[first .. first + count - 1].
};

/// Every task in an order that keeps each after those it waits for.
struct Plan {
  std::vector<PlannedStage> stages;
  std::vector<Task> tasks;

  std::size_t count(Task::State state) const;
};

/// The task id in a published run file (path as in Task::file); nothing where there is no file.
/// Throws Error where it cannot be read.
using TaskIdOf = std::function<std::optional<std::string>(const std::string& file)>;

/// In what a published run file, which is there and can be read, is not that of the task. May throw
/// Error as above.
using WhyChanged = std::function<std::string(const Task& task)>;

/// A published run file of another name that holds the task; nothing where there is none.
using FileOf = std::function<std::optional<std::string>(const Task& task)>;

/// Throws Error naming the members when stages wait for each other in a cycle.
Plan make_plan(const Suite& suite, const TaskIdOf& task_id_of = {},
               const WhyChanged& why_changed = {}, const FileOf& file_of = {});

/// The graph of stages, cells and their tasks in the language of Graphviz.
std::string to_dot(const Suite& suite, const Plan& plan);

/// "new", "done", "changed", "damaged".
const char* state_name(Task::State state);

/// The plugins that a configuration uses, components included, each once.
std::vector<const Plugin*> plugins_of(const Configuration& configuration);

/// The plugin libraries that a configuration uses, components included, each once, by hash.
std::vector<const Library*> libraries_of(const Configuration& configuration);

}  // namespace seedbed
