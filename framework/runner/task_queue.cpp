#include "runner/task_queue.hpp"

namespace seedbed {

namespace {

auto dependents(std::size_t vertex, const TaskGraph& graph) {
  return boost::make_iterator_range(boost::adjacent_vertices(vertex, graph));
}

}  // namespace

TaskQueue::TaskQueue(const Plan& plan, const std::vector<std::size_t>& todo)
    : plan_(plan),
      graph_(task_graph(plan)),
      open_(boost::num_vertices(graph_), 0),
      is_waiting_(boost::num_vertices(graph_), true) {
  std::vector<bool> is_todo(plan.tasks.size(), false);
  for (const std::size_t task : todo) is_todo[task] = true;
  begin(std::move(is_todo));
}

void TaskQueue::begin(std::vector<bool> is_todo) {
  for (std::size_t v = 0; v < open_.size(); ++v)
    for (const std::size_t next : dependents(v, graph_)) ++open_[next];
  std::vector<std::size_t> free;
  for (std::size_t v = 0; v < open_.size(); ++v)
    if (open_[v] == 0 && (!is_task(v) || is_todo[v])) free.push_back(v);
  for (std::size_t task = 0; task < is_todo.size(); ++task) is_waiting_[task] = is_todo[task];
  for (const std::size_t v : free) release(v);
  for (std::size_t task = 0; task < is_todo.size(); ++task)
    if (!is_todo[task]) settle(task, plan_.tasks[task].state == Task::State::done, task);
}

std::optional<std::size_t> TaskQueue::take() {
  if (ready_.empty()) return std::nullopt;
  const std::size_t task = ready_.top();
  ready_.pop();
  return task;
}

void TaskQueue::close(std::size_t task, bool done) {
  settle(task, done, task);
}

/// `vertex` has ended; `cause`: the task that failed, where it is not done.
void TaskQueue::settle(std::size_t vertex, bool done, std::size_t cause) {
  is_waiting_[vertex] = false;
  for (const std::size_t next : dependents(vertex, graph_)) {
    if (!is_waiting_[next]) continue;
    if (!done)
      fail(next, cause);
    else if (--open_[next] == 0)
      release(next);
  }
}

/// All that `vertex` waits for is done.
void TaskQueue::release(std::size_t vertex) {
  if (!is_task(vertex)) return settle(vertex, true, 0);
  is_waiting_[vertex] = false;
  ready_.push(vertex);
}

void TaskQueue::fail(std::size_t vertex, std::size_t cause) {
  if (is_task(vertex)) not_run_.push_back({vertex, cause});
  settle(vertex, false, cause);
}

}  // namespace seedbed
