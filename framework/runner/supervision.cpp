#include "runner/supervision.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <cstring>

#include "runner/leftovers.hpp"
#include "runner/shell_word.hpp"

namespace seedbed {

using Kind = TaskChange::Kind;

namespace {

constexpr std::chrono::milliseconds one_signal{100};

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::started:
      return "task-started";
    case Kind::done:
      return "task-done";
    case Kind::failed:
      return "task-failed";
    case Kind::stopped:
      return "task-stopped";
    default:
      return "task-not-run";
  }
}

}  // namespace

std::string command_of(const WorkerCommand& worker, std::size_t task) {
  const std::string limit = worker.limits.mebibytes
                                ? fmt::format(" --memory-per-worker {}", worker.limits.mebibytes)
                                : "";
  return fmt::format("echo {} | {} {}{}", task, shell_word(worker.program.string()),
                     shell_line(worker.arguments), limit);
}

Supervision::Supervision(const Suite& suite, const Plan& plan, const std::vector<std::size_t>& todo,
                         const RunOptions& options, const WorkerCommand& command, EventLog& log,
                         std::ostream& messages)
    : plan_(plan),
      options_(options),
      command_(command),
      log_(log),
      progress_(messages, Terminal::of_standard_error(), suite, plan, todo, options.jobs,
                options.quiet),
      crew_(plan, todo, options.jobs, command_) {}

void Supervision::run(RunResult& result) {
  while (crew_.is_at_work()) {
    const std::vector<TaskChange> changes =
        crew_.wait(progress_.next(), interruption_.descriptor());
    for (const TaskChange& change : changes) see(change, result);
    show_not_run(changes);
    while (const auto signal = interruption_.next()) heed(*signal, result);
    progress_.draw(crew_.busy());
  }
  progress_.finish();
}

void Supervision::see(const TaskChange& change, RunResult& result) {
  const std::string& file = plan_.tasks[change.task].file;
  log_.add({name_of(change.kind), file, change.worker, change.seconds, change.message});
  progress_.see(change);
  if (change.kind == Kind::started) return;
  result.became[change.task] = change.kind;
  if (change.kind == Kind::done) {
    if (!change.message.empty() && ++notes_[change.message] == 1)
      progress_.say(fmt::format("{}: {}; another worker goes on", file, change.message));
    return;
  }
  if (change.kind != Kind::not_run) remove_leftovers_of(options_.output / file);
  if (change.kind == Kind::stopped) return;
  result.failures.push_back({file, change.message, ""});
  if (change.kind != Kind::failed) return;
  result.failures.back().alone = command_of(command_, change.task);
  show_failure(change);
  if (options_.fail_fast && !result.was_stopped) stop("--fail-fast", result);
}

void Supervision::show_failure(const TaskChange& change) {
  progress_.insist(fmt::format("{}: {}\n  alone: {}", plan_.tasks[change.task].file, change.message,
                               command_of(command_, change.task)));
}

/// One line for all that fail for one reason.
void Supervision::show_not_run(const std::vector<TaskChange>& changes) {
  std::map<std::string, std::vector<std::size_t>> reasons;
  for (const TaskChange& change : changes)
    if (change.kind == Kind::not_run) reasons[change.message].push_back(change.task);
  for (const auto& [reason, tasks] : reasons)
    progress_.insist(tasks.size() == 1
                         ? fmt::format("{}: {}", plan_.tasks[tasks[0]].file, reason)
                         : fmt::format("{} and {} others: {}", plan_.tasks[tasks[0]].file,
                                       tasks.size() - 1, reason));
}

void Supervision::heed(int signal, RunResult& result) {
  if (signal == SIGWINCH) return progress_.resize();
  if (signal == SIGTSTP) {  // workers do not belong to the terminal's group
    progress_.clear();
    crew_.suspend();
    return progress_.go_on();
  }
  if (!result.by_signal) {
    result.by_signal = signal;
    asked_ = Crew::Clock::now();
    return stop(strsignal(signal), result);
  }
  if (Crew::Clock::now() - asked_ < one_signal) return;
  result.aborted_by = signal;
  crew_.kill();
}

void Supervision::stop(const std::string& why, RunResult& result) {
  result.was_stopped = true;
  const std::size_t busy = crew_.busy().size();
  crew_.stop();
  const std::string asked = fmt::format("{} {} asked to stop where nothing is lost", busy,
                                        busy == 1 ? "task is" : "tasks are");
  progress_.say(fmt::format("{}: {}{}", why, busy ? asked : "no more tasks are started",
                            result.by_signal ? "; once more ends at once" : ""));
}

}  // namespace seedbed
