#pragma once
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "runner/crew.hpp"
#include "runner/events.hpp"
#include "runner/interruption.hpp"
#include "runner/progress.hpp"
#include "runner/run.hpp"

namespace seedbed {

/// A crew at work, from the first task to the last: what happens is logged, counted and shown; what
/// dead workers leave is removed; and who asks for it stops the crew. The first SIGINT, SIGTERM or
/// SIGHUP lets the tasks at work stop where nothing is lost, the second kills them. What comes
/// within a tenth of a second is one: `timeout` signals a process, and then its group.
class Supervision {
 public:
  Supervision(const Suite& suite, const Plan& plan, const std::vector<std::size_t>& todo,
              const RunOptions& options, const WorkerCommand& command, EventLog& log,
              std::ostream& messages);

  /// To the end. Adds to `result` what became of the tasks.
  void run(RunResult& result);

 private:
  void see(const TaskChange& change, RunResult& result);
  void show_failure(const TaskChange& change);
  void show_not_run(const std::vector<TaskChange>& changes);
  void heed(int signal, RunResult& result);
  void stop(const std::string& why, RunResult& result);

  const Plan& plan_;
  const RunOptions& options_;
  WorkerCommand command_;
  EventLog& log_;
  Interruption interruption_;
  Progress progress_;
  Crew crew_;
  Crew::Clock::time_point asked_{};           ///< When the first signal came.
  std::map<std::string, std::size_t> notes_;  ///< What was odd about tasks that are done.
};

}  // namespace seedbed
