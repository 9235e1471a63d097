#include "runner/run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <seedbed/error.hpp>

#include "runner/crew.hpp"
#include "runner/gathering.hpp"
#include "runner/progress.hpp"
#include "store/reader.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

/// Written whole or not at all.
void publish_text(const fs::path& path, const std::string& text) {
  const fs::path partial = path.string() + ".partial";
  std::ofstream file(partial, std::ios::binary);
  file << text << std::flush;
  if (!file) throw Error(path.string() + ": expected to be writable", Exit::tasks_failed);
  file.close();
  fs::rename(partial, path);
}

/// events.jsonl: one line per change of state, appended.
class Events {
 public:
  explicit Events(const fs::path& path) : file_(path, std::ios::app) {}
  void add(const std::string& event, const std::string& task, const std::string& message) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    nlohmann::ordered_json line{
        {"time", std::chrono::duration<double>(now).count()}, {"event", event}, {"task", task}};
    if (!message.empty()) line["message"] = message;
    file_ << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
  }

 private:
  std::ofstream file_;
};

void make_folder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure)
    throw Error(folder.string() + ": expected a folder that can be made: " + failure.message());
}

std::vector<std::size_t> tasks_to_do(const Plan& plan) {
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < plan.tasks.size(); ++i)
    if (plan.tasks[i].state != Task::State::done) todo.push_back(i);
  return todo;
}

/// Why tasks whose run file is there are run again: each reason once.
void explain_changes(const Plan& plan, std::ostream& messages) {
  std::map<std::string, std::size_t> reasons;
  for (const Task& task : plan.tasks)
    if (task.state == Task::State::changed || task.state == Task::State::damaged)
      ++reasons[fmt::format("{}: {}", state_name(task.state), task.why)];
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

RunResult run(const Suite& suite, const Plan& plan, const RunOptions& options,
              std::ostream& messages) {
  make_folder(options.output / "logs");
  publish_text(options.output / "suite.toml", suite.text);
  publish_text(options.output / "suite.resolved.toml", suite.resolved);
  Events events(options.output / "events.jsonl");

  const std::vector<std::size_t> todo = tasks_to_do(plan);
  RunResult result{plan.tasks.size(), plan.tasks.size() - todo.size(), 0, 0, {}};
  WorkerCommand command{options.program,
                        {"worker", options.suite.string(), "--output", options.output.string()},
                        options.output / "logs",
                        options.limits};
  command.arguments.insert(command.arguments.end(), options.worker_options.begin(),
                           options.worker_options.end());
  explain_changes(plan, messages);
  Progress progress(messages, todo.size(), ::isatty(STDERR_FILENO) == 1, options.quiet);
  run_crew(plan, todo, options.jobs, command, [&](std::size_t index, const Outcome& outcome) {
    const std::string& file = plan.tasks[index].file;
    events.add(outcome.done ? "done" : "failed", file, outcome.message);
    ++(outcome.done ? result.done_now : result.failed);
    std::error_code ignored;  // what a worker that died left half-written
    if (!outcome.done) fs::remove(options.output / (file + ".partial"), ignored);
    const std::string again = outcome.tried ? "\n  alone: " + command_of(command, index) : "";
    outcome.done ? progress.task_done() : progress.task_failed(file, outcome.message + again);
  });
  progress.finish();
  if (result.failed == 0) {
    result.results = options.output / "results.h5";
    gather(suite, plan, options.suite, options.output);
  }
  return result;
}

}  // namespace seedbed
