#include "runner/status.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>
#include <unordered_map>

#include "store/checked_seals.hpp"

namespace seedbed {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

/// Who says in a lock file that it is at work. A run that was killed leaves its name behind.
std::vector<LockHolder> runs_in(const fs::path& folder) {
  std::vector<LockHolder> runs;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(".run.") || !name.ends_with("lock")) continue;
    const auto run = LockHolder::in(entry.path());
    const auto same = [&](const LockHolder& other) {
      return other.host == run->host && other.pid == run->pid;
    };
    if (run && !run->has_ended() && std::ranges::none_of(runs, same)) runs.push_back(*run);
  }
  return runs;
}

/// The last event of every task, and what the run that started last has finished.
struct History {
  struct Last {
    std::string event, message;
  };
  std::unordered_map<std::string, Last> of;
  std::vector<std::string> finished;
  double started = 0.0;  ///< Seconds since 1970; 0: never.

  explicit History(const fs::path& path) {
    std::ifstream file(path);
    for (std::string text; std::getline(file, text);) {
      const Json line = Json::parse(text, nullptr, false);  // one that a kill has cut is skipped
      if (line.is_object()) add(line);
    }
  }

 private:
  void add(const Json& line) {
    const auto text = [&](const char* key) {
      const auto found = line.find(key);
      return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const std::string event = text("event"), task = text("task");
    if (event == "run-started") {
      const auto time = line.find("time");
      started = time != line.end() && time->is_number() ? time->get<double>() : 0.0;
      finished.clear();
    }
    if (task.empty()) return;
    of[task] = {event, text("message")};
    if (event == "task-done") finished.push_back(task);
  }
};

void look(const PlanFile::Task& task, const History& history, bool at_work, CheckedSeals& seals,
          TaskStatus& status) {
  try {
    if (const auto id = seals.task_id_of(task.file)) {
      status.state = *id == task.id ? TaskStatus::State::done : TaskStatus::State::changed;
      if (*id != task.id) status.message = "its run file is of another task than planned";
      return;
    }
  } catch (const Error& error) {
    status.state = TaskStatus::State::damaged;
    status.message = error.what();
    return;
  }
  const auto last = history.of.find(task.file);
  if (last == history.of.end()) return;
  const auto& [event, message] = last->second;
  status.message = message;
  if (event == "task-failed") status.state = TaskStatus::State::failed;
  if (event == "task-not-run") status.state = TaskStatus::State::not_run;
  if (event == "task-stopped") status.state = TaskStatus::State::stopped;
  if (event == "task-started" && at_work) status.state = TaskStatus::State::running;
  if (event == "task-started" && !at_work) status.message = "the run ended while it ran";
  if (event == "task-done") status.message = "it was done, and its run file is gone";
}

/// What is left at the rate, in nominal cost per second, of the run that is at work.
std::optional<double> seconds_left(const FolderStatus& status, const History& history) {
  if (status.runs.empty() || history.started == 0.0) return std::nullopt;
  std::unordered_map<std::string, double> cost;
  double left = 0.0, finished = 0.0;
  for (const TaskStatus& each : status.tasks) {
    const PlanFile::Cell& cell = status.plan.stages[each.stage].cells[each.cell];
    cost[cell.tasks[each.task].file] = cell.cost;
    const bool over = each.state == TaskStatus::State::done ||
                      each.state == TaskStatus::State::failed ||
                      each.state == TaskStatus::State::not_run;
    if (!over) left += cell.cost;
  }
  for (const std::string& file : history.finished) finished += cost[file];
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  if (finished <= 0.0) return std::nullopt;
  return left * std::max(0.0, now.count() - history.started) / finished;
}

}  // namespace

std::size_t FolderStatus::count(TaskStatus::State state) const {
  return static_cast<std::size_t>(std::ranges::count(tasks, state, &TaskStatus::state));
}

const char* state_name(TaskStatus::State state) {
  constexpr const char* names[] = {"done",    "running", "failed",  "not run",
                                   "stopped", "changed", "damaged", "missing"};
  return names[static_cast<int>(state)];
}

FolderStatus status_of(const fs::path& folder) {
  FolderStatus status;
  status.plan = read_plan_file(folder);
  status.runs = runs_in(folder);
  status.is_collected = fs::exists(folder / "results.h5");
  const History history(folder / "events.jsonl");
  CheckedSeals seals(folder);
  for (std::size_t s = 0; s < status.plan.stages.size(); ++s)
    for (std::size_t c = 0; c < status.plan.stages[s].cells.size(); ++c) {
      const std::vector<PlanFile::Task>& tasks = status.plan.stages[s].cells[c].tasks;
      for (std::size_t t = 0; t < tasks.size(); ++t) {
        TaskStatus& task =
            status.tasks.emplace_back(TaskStatus{s, c, t, TaskStatus::State::missing, ""});
        look(tasks[t], history, !status.runs.empty(), seals, task);
      }
    }
  status.seconds_left = seconds_left(status, history);
  return status;
}

}  // namespace seedbed
