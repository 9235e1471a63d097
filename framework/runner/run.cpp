#include "runner/run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <ostream>
#include <seedbed/error.hpp>
#include <set>

#include "runner/events.hpp"
#include "runner/gathering.hpp"
#include "runner/leftovers.hpp"
#include "runner/published_runs.hpp"
#include "runner/published_text.hpp"
#include "runner/supervision.hpp"
#include "store/checked_seals.hpp"
#include "store/publication.hpp"
#include "store/segments.hpp"

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

WorkerCommand worker_command(const RunOptions& options) {
  WorkerCommand command{options.program,
                        {"worker", options.suite.string(), "--output", options.output.string()},
                        options.output / "logs",
                        options.limits,
                        options.slice.empty() ? "worker" : "slice-" + options.slice + "-worker",
                        options.locks};
  command.arguments.insert(command.arguments.end(), options.worker_options.begin(),
                           options.worker_options.end());
  return command;
}

std::vector<fs::path> event_files(const RunOptions& options) {
  std::vector<fs::path> files{options.output / "events.jsonl"};
  if (!options.events.empty()) files.push_back(options.events);
  return files;
}

/// What is true of the plan before anything is run.
RunResult before(const Plan& plan, const Selection& selection) {
  RunResult result;
  result.tasks = plan.tasks.size();
  result.done_before = plan.count(Task::State::done);
  result.todo = selection.todo.size();
  result.waiting = selection.waiting.size();
  for (const Task& task : plan.tasks) result.done.push_back(task.state == Task::State::done);
  for (const std::size_t task : selection.todo) result.done[task] = false;
  return result;
}

/// What killed processes left half-made, of what this run writes.
void clear(const Plan& plan, const Selection& selection, const RunOptions& options) {
  const fs::path runs = options.output / "runs";
  if (options.slice.empty()) {
    remove_dead_partials(options.output);
    return remove_leftovers(runs);
  }
  std::set<std::string> mine;
  for (const std::size_t task : selection.todo)
    mine.insert((options.output / plan.tasks[task].file).string());
  remove_leftovers(runs, mine);
}

void make_folder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure)
    throw Error(fmt::format("{}: expected a folder that can be made, got \"{}\"", folder.string(),
                            failure.message()),
                Exit::tasks_failed);
}

/// So that the next plan is quick. What cannot be read is not known: it says what is wrong.
void remember_seals(const Plan& plan, const RunResult& result, const fs::path& output) {
  CheckedSeals seals(output);
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) try {
      if (result.done[i]) seals.task_id_of(plan.tasks[i].file);
    } catch (const Error&) {
    }
  seals.publish();
}

}  // namespace

fs::path collect_if_done(const Suite& suite, const RunOptions& options) {
  remove_dead_partials(options.output);
  const Plan plan = plan_below(suite, options.output);
  if (plan.count(Task::State::done) < plan.tasks.size()) return {};
  gather(plan_to_publish(suite, plan, options.suite), options.output);
  return options.output / "results.h5";
}

RunResult run(const Suite& suite, const Plan& plan, const Selection& selection,
              const RunOptions& options, std::ostream& messages) {
  make_folder(options.output / "logs");
  publish_text(options.output / "suite.toml", suite.text);
  publish_text(options.output / "suite.resolved.toml", suite.resolved);
  name_found_runs(plan, options.output);
  const PlanFile published = plan_to_publish(suite, plan, options.suite);
  publish_text(options.output / PlanFile::name, text_of(published));
  clear(plan, selection, options);
  remove_leftover_segments(options.output / "runs");
  EventLog log(event_files(options));
  explain_changes(plan, selection.todo, messages);
  log.add({.event = "run-started"});
  const auto start = std::chrono::steady_clock::now();
  RunResult result = before(plan, selection);
  Supervision(suite, plan, selection.todo, options, worker_command(options), log, messages)
      .run(result);
  for (const auto& [task, kind] : result.became) result.done[task] = kind == TaskChange::Kind::done;
  remember_seals(plan, result, options.output);
  if (result.missing() == 0 && options.slice.empty()) {
    gather(published, options.output);
    result.results = options.output / "results.h5";
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  log.add({.event = "run-ended", .seconds = result.seconds, .message = result.status()});
  return result;
}

}  // namespace seedbed
