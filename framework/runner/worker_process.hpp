#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "runner/crew.hpp"

namespace seedbed {

/// What became of a task.
struct TaskOutcome {
  TaskChange::Kind kind = TaskChange::Kind::failed;  ///< done, failed or stopped
  std::string message;
};

/// One worker process and the line to it. Started at the first task, and again after it died. It
/// has a process group of its own: a terminal's signals do not reach it, and what a plugin started
/// is killed with it. It dies with the thread that started it, from its first moment on.
class WorkerProcess {
 public:
  using Clock = Crew::Clock;

  WorkerProcess(const WorkerCommand& command, unsigned number);
  WorkerProcess(WorkerProcess&&) noexcept;
  ~WorkerProcess();  ///< Lets it go and waits for it.

  /// Hands it a task. Throws Error when no process can be started.
  void give(std::size_t index, const std::string& id);
  /// What became of the task; nothing: it is still at work. Does not wait.
  std::optional<TaskOutcome> answer();
  int descriptor() const;              ///< Can be read when there may be an answer.
  Clock::time_point deadline() const;  ///< Of the task, by the time limit.
  std::uint64_t iteration() const;     ///< That it is at; CallRecord::none before the first.

  void stop();                        ///< Asks it to stop where nothing is lost.
  void kill();                        ///< At once.
  void pause();                       ///< Suspends it and all that it started.
  void go_on(Clock::duration pause);  ///< After so long, which the time limit does not count.

 private:
  struct Running;
  void start();
  bool send(const std::string& line);
  bool has_ended();
  std::optional<TaskOutcome> outcome_of(std::string line);
  TaskOutcome hung_up();
  TaskOutcome died(std::string how);
  void end();

  const WorkerCommand* command_;
  unsigned number_;
  bool restarted_ = false;  ///< Then its log goes on.
  std::unique_ptr<Running> running_;
};

}  // namespace seedbed
