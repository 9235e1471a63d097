#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "suite/plan.hpp"

namespace seedbed {

/// What a task may cost; 0: no limit.
struct WorkerLimits {
  std::uint64_t seconds = 0;    ///< Wall time of a task; then its worker is killed.
  std::uint64_t mebibytes = 0;  ///< Data memory of a worker (RLIMIT_DATA).
};

/// How to start a worker: it reads `<index> <id>` of a task from its standard input, one line a
/// task, and answers `done`, `failed <message>` or `stopped` on its standard output. A line
/// `leaving <what>` before an answer says that it takes no task after this one, and why.
struct WorkerCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path logs;  ///< Folder of <log>-<n>.log: what a worker and its plugins said.
  WorkerLimits limits;
  std::string log = "worker";
  std::vector<int> descriptors{};  ///< That it inherits, beside those that it needs.
};

/// A change of state of a task.
struct TaskChange {
  /// stopped: ended before it was done, because somebody asked. not_run: what it needs is missing.
  enum class Kind { started, done, failed, stopped, not_run };

  Kind kind = Kind::started;
  std::size_t task = 0;
  unsigned worker = 0;    ///< From 1; 0: of none.
  double seconds = -1.0;  ///< From start to end; negative: does not apply.
  std::string message{};  ///< Why not; of a task that is done, what was odd about it.
};

/// A worker at a task.
struct BusyWorker {
  unsigned number = 0;
  std::size_t task = 0;
  double seconds = 0.0;         ///< since it got the task
  std::uint64_t iteration = 0;  ///< CallRecord::none before the first
};

class TaskQueue;
class WorkerProcess;

/// Worker processes at the tasks of a plan, each one task at a time. A task starts when all that it
/// needs is done (task_queue.hpp). A worker that dies costs its task alone; a failed task fails
/// those that need it. One thread: what happens comes back from wait().
class Crew {
 public:
  using Clock = std::chrono::steady_clock;

  Crew(const Plan& plan, const std::vector<std::size_t>& todo, unsigned jobs,
       const WorkerCommand& command);
  ~Crew();  ///< Kills who is still at work.
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  /// A task is at work or may start.
  bool is_at_work() const;
  /// Hands out tasks, and waits until something changed, `until` is past, or the descriptor `other`
  /// can be read.
  std::vector<TaskChange> wait(Clock::time_point until, int other);
  std::vector<BusyWorker> busy() const;

  void stop();  ///< Hands out no more, and asks all at work to stop where nothing is lost.
  void kill();  ///< At once; what they were at is stopped. Hands out no more.
  /// Suspends all at work and this process, until somebody lets it go on. No task is older for it.
  void suspend();

 private:
  struct Place;
  void hand_out(std::vector<TaskChange>& changes);
  void start(Place& place, std::size_t task, std::vector<TaskChange>& changes);
  void hear(std::vector<TaskChange>& changes);
  void report_not_run(std::vector<TaskChange>& changes);
  Clock::time_point wake(Clock::time_point until) const;

  const Plan& plan_;
  WorkerCommand command_;
  std::vector<bool> takes_;  ///< Of every task of the plan.
  std::unique_ptr<TaskQueue> queue_;
  std::vector<std::unique_ptr<Place>> places_;
  bool stopping_ = false;
};

}  // namespace seedbed
