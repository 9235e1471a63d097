#include "runner/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <ostream>

#include "runner/crew.hpp"
#include "runner/events.hpp"
#include "runner/gathering.hpp"
#include "runner/progress.hpp"
#include "runner/published_text.hpp"
#include "store/reader.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

/// Why tasks whose run file is there are run again: each reason once.
void explain_changes(const Plan& plan, const std::vector<std::size_t>& todo,
                     std::ostream& messages) {
  std::map<std::string, std::size_t> reasons;
  for (const std::size_t i : todo) {
    const Task& task = plan.tasks[i];
    if (task.state == Task::State::changed || task.state == Task::State::damaged)
      ++reasons[fmt::format("{}: {}", state_name(task.state), task.why)];
  }
  for (const auto& [reason, tasks] : reasons)
    messages << fmt::format("{} ({} to be run again)", reason, tasks) << std::endl;
}

/// A word as a shell reads it back.
std::string quoted(const std::string& word) {
  constexpr const char* plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=./:,@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

/// The command that runs one task again, alone and without limits: for a debugger.
std::string command_of(const WorkerCommand& worker, std::size_t task) {
  std::string text = fmt::format("echo {} | {}", task, quoted(worker.program.string()));
  for (const std::string& argument : worker.arguments) text += " " + quoted(argument);
  return text;
}

}  // namespace

TaskIdOf task_ids_below(const fs::path& output) {
  return [output](const std::string& file) { return task_id_of(output / file); };
}

RunResult run(const Suite& suite, const Plan& plan, const Selection& selection,
              const RunOptions& options, std::ostream& messages) {
  fs::create_directories(options.output / "logs");
  publish_text(options.output / "suite.toml", suite.text);
  publish_text(options.output / "suite.resolved.toml", suite.resolved);
  std::vector<fs::path> logs{options.output / "events.jsonl"};
  if (!options.events.empty()) logs.push_back(options.events);
  EventLog events(logs);

  const std::vector<std::size_t>& todo = selection.todo;
  RunResult result;
  result.tasks = plan.tasks.size();
  result.done_before = plan.count(Task::State::done);
  std::vector<bool> done(plan.tasks.size());
  for (std::size_t i = 0; i < done.size(); ++i) done[i] = plan.tasks[i].state == Task::State::done;
  WorkerCommand command{options.program,
                        {"worker", options.suite.string(), "--output", options.output.string()},
                        options.output / "logs",
                        options.limits};
  command.arguments.insert(command.arguments.end(), options.worker_options.begin(),
                           options.worker_options.end());
  explain_changes(plan, todo, messages);
  events.add({.event = "run-started"});
  Progress progress(messages, todo.size(), ::isatty(STDERR_FILENO) == 1, options.quiet);
  run_crew(plan, todo, options.jobs, command, [&](std::size_t index, const Outcome& outcome) {
    const std::string& file = plan.tasks[index].file;
    const char* kind = outcome.done ? "task-done" : outcome.tried ? "task-failed" : "task-not-run";
    events.add({.event = kind, .task = file, .message = outcome.message});
    ++(outcome.done ? result.done_now : result.failed);
    if (outcome.done) done[index] = true;
    std::error_code ignored;  // what a worker that died left half-written
    if (!outcome.done) fs::remove(options.output / (file + ".partial"), ignored);
    const std::string again = outcome.tried ? "\n  alone: " + command_of(command, index) : "";
    outcome.done ? progress.task_done() : progress.task_failed(file, outcome.message + again);
  });
  progress.finish();
  events.add({.event = "run-ended"});
  result.missing = static_cast<std::size_t>(std::count(done.begin(), done.end(), false));
  if (result.missing == 0 && result.failed == 0) {
    result.results = options.output / "results.h5";
    gather(suite, plan, options.suite, options.output);
  }
  return result;
}

}  // namespace seedbed
