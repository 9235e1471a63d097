#pragma once
#include <cstddef>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "suite/plan.hpp"
#include "suite/task_graph.hpp"

namespace seedbed {

/// The tasks of a plan that are to be done, each handed out once all that it waits for is done; of
/// those that may start, the first in the plan.
///
/// A failed task fails its dependents, "not run: needs <its run file>", and nothing else. A task
/// that is neither to be done nor done counts as failed.
class TaskQueue {
 public:
  /// A task that cannot be run, and the failed one that it needs.
  struct NotRun {
    std::size_t task, cause;
  };

  /// `plan` must outlive the queue.
  TaskQueue(const Plan& plan, const std::vector<std::size_t>& todo);

  /// The next task that may start; nothing: none may, for now.
  std::optional<std::size_t> take();
  bool has_ready() const { return !ready_.empty(); }

  /// What became of a task that was taken. One that is not closed keeps its dependents waiting.
  void close(std::size_t task, bool done);

  /// The tasks that failed with another since this was last asked.
  std::vector<NotRun> not_run() { return std::exchange(not_run_, {}); }
  bool has_not_run() const { return !not_run_.empty(); }

 private:
  void begin(std::vector<bool> is_todo);
  void settle(std::size_t vertex, bool done, std::size_t cause);
  void release(std::size_t vertex);
  void fail(std::size_t vertex, std::size_t cause);
  bool is_task(std::size_t vertex) const { return vertex < plan_.tasks.size(); }

  const Plan& plan_;
  TaskGraph graph_;
  std::vector<std::size_t> open_;  ///< Of each vertex: how many that it waits for are not done.
  std::vector<bool> is_waiting_;   ///< Of each vertex: neither released nor ended.
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready_;
  std::vector<NotRun> not_run_;
};

}  // namespace seedbed
