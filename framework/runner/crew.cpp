#include "runner/crew.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <seedbed/error.hpp>
#include <thread>

#include "runner/worker_process.hpp"

namespace seedbed {

namespace {

/// The tasks that are still to be done, handed out in the order of the plan.
class Queue {
 public:
  Queue(const Plan& plan, const std::vector<std::size_t>& todo,
        const std::function<void(std::size_t, const Outcome&)>& report)
      : plan_(plan), report_(report), waiting_(plan.stages.size()), failed_(plan.stages.size()) {
    for (std::size_t s = 0; s < plan.stages.size(); ++s)
      for (std::size_t task : todo)
        if (task >= plan.stages[s].first && task < plan.stages[s].first + plan.stages[s].count)
          waiting_[s].push_back(task);
    for (auto& tasks : waiting_) {
      std::reverse(tasks.begin(), tasks.end());  // taken from the back
      open_.push_back(tasks.size());
    }
  }

  /// The next task whose stage may start; waits for one; nothing when all are handed out.
  std::optional<std::size_t> take() {
    std::unique_lock lock(mutex_);
    for (;;) {
      bool any = false;
      for (std::size_t s = 0; s < waiting_.size(); ++s) {
        if (waiting_[s].empty()) continue;
        any = true;
        if (!settle_blocked(s) && may_start(s)) {
          const std::size_t task = waiting_[s].back();
          waiting_[s].pop_back();
          return task;
        }
      }
      if (!any) return std::nullopt;
      changed_.wait(lock);
    }
  }

  void finish(std::size_t task, const Outcome& outcome) {
    const std::lock_guard lock(mutex_);
    close(task, outcome);
    changed_.notify_all();
  }

 private:
  std::size_t stage_of(std::size_t task) const {
    std::size_t s = 0;
    while (task >= plan_.stages[s].first + plan_.stages[s].count) ++s;
    return s;
  }
  bool may_start(std::size_t s) const {
    for (std::size_t before : plan_.stages[s].after)
      if (open_[before] > 0) return false;
    return true;
  }
  /// A stage that waits for a failed one is not run. True when it was so.
  bool settle_blocked(std::size_t s) {
    for (std::size_t before : plan_.stages[s].after) {
      if (!failed_[before]) continue;
      while (!waiting_[s].empty()) {
        const std::size_t task = waiting_[s].back();
        waiting_[s].pop_back();
        close(task, {false, "not run: needs stage '" + plan_.stages[before].name + "'", false});
      }
      changed_.notify_all();
      return true;
    }
    return false;
  }
  void close(std::size_t task, const Outcome& outcome) {
    const std::size_t s = stage_of(task);
    --open_[s];
    failed_[s] = failed_[s] || !outcome.done;
    report_(task, outcome);
  }

  const Plan& plan_;
  const std::function<void(std::size_t, const Outcome&)>& report_;
  std::vector<std::vector<std::size_t>> waiting_;
  std::vector<std::size_t> open_;
  std::vector<bool> failed_;
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace

void run_crew(const Plan& plan, const std::vector<std::size_t>& todo, unsigned jobs,
              const WorkerCommand& command,
              const std::function<void(std::size_t, const Outcome&)>& report) {
  Queue queue(plan, todo, report);
  std::vector<std::thread> threads;
  for (unsigned number = 1; number <= std::min<std::size_t>(jobs, todo.size()); ++number)
    threads.emplace_back([&, number] {
      WorkerProcess worker(command, number);
      while (const auto task = queue.take()) {
        Outcome outcome;
        try {
          outcome = worker.run(*task, plan.tasks[*task].id);
        } catch (const Error& error) {
          outcome = {false, error.what()};
        }
        queue.finish(*task, outcome);
      }
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace seedbed
