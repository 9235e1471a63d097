#pragma once
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <queue>
#include <vector>

#include "runner/crew.hpp"
#include "suite/task_graph.hpp"

namespace seedbed {

/// The tasks of a plan that are to be done, each handed out once all that it waits for is done; of
/// those that may start, the first in the plan. Any thread may call anything.
///
/// A failed task fails its dependents, "not run: needs <its run file>", and nothing else. A task
/// that is neither to be done nor done counts as failed.
class TaskQueue {
 public:
  using Report = std::function<void(std::size_t task, const Outcome&)>;

  /// `report` is called once for every task of `todo` that ends, one call at a time, also before
  /// this returns. `plan` and `report` must outlive the queue.
  TaskQueue(const Plan& plan, const std::vector<std::size_t>& todo, const Report& report);

  /// The next task; waits until one may start. Nothing: there will be none.
  std::optional<std::size_t> take();

  /// What became of a task that was taken.
  void close(std::size_t task, const Outcome& outcome);

 private:
  void begin(std::vector<bool> is_todo);
  void settle(std::size_t vertex, bool done, std::size_t cause);
  void release(std::size_t vertex);
  void fail(std::size_t vertex, std::size_t cause);
  bool is_task(std::size_t vertex) const { return vertex < plan_.tasks.size(); }

  const Plan& plan_;
  const Report& report_;
  TaskGraph graph_;
  std::vector<std::size_t> open_;  ///< Of each vertex: how many that it waits for are not done.
  std::vector<bool> is_waiting_;   ///< Of each vertex: neither released nor ended.
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready_;
  std::size_t left_;  ///< Tasks that are neither taken nor ended.
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace seedbed
