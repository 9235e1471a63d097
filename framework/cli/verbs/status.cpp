#include "runner/status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "cli/arguments.hpp"

namespace seedbed {
namespace {

using State = TaskStatus::State;
using Counts = std::array<std::size_t, TaskStatus::states>;
using Json = nlohmann::ordered_json;

/// "3 done, 1 failed"
std::string text_of(const Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i])
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[i],
                          state_name(static_cast<State>(i)));
  return text.empty() ? "nothing" : text;
}

std::string duration(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole < 120) return fmt::format("{} s", whole);
  if (whole < 7200) return fmt::format("{} min", whole / 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

/// [stage][cell]
std::vector<std::vector<Counts>> counts_of(const FolderStatus& status) {
  std::vector<std::vector<Counts>> counts;
  for (const PlanFile::Stage& stage : status.plan.stages)
    counts.emplace_back(stage.cells.size(), Counts{});
  for (const TaskStatus& task : status.tasks)
    ++counts[task.stage][task.cell][static_cast<std::size_t>(task.state)];
  return counts;
}

Counts total(const FolderStatus& status) {
  Counts counts{};
  for (const TaskStatus& task : status.tasks) ++counts[static_cast<std::size_t>(task.state)];
  return counts;
}

const PlanFile::Task& task_of(const FolderStatus& status, const TaskStatus& task) {
  return status.plan.stages[task.stage].cells[task.cell].tasks[task.task];
}

Json json_of(const Counts& counts) {
  Json json = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i)
    json[state_name(static_cast<State>(i))] = counts[i];
  return json;
}

void print_json(const FolderStatus& status, const std::string& folder) {
  Json json{{"suite", status.plan.suite},
            {"title", status.plan.title},
            {"output", folder},
            {"collected", status.is_collected},
            {"counts", json_of(total(status))}};
  json["runs"] = Json::array();
  for (const LockHolder& run : status.runs)
    json["runs"].push_back({{"host", run.host},
                            {"pid", run.pid},
                            {"since", run.since},
                            {"command", run.command},
                            {"known_alive", run.is_here()}});
  json["seconds_left"] = status.seconds_left ? Json(*status.seconds_left) : Json();
  const auto counts = counts_of(status);
  for (std::size_t s = 0; s < counts.size(); ++s) {
    const PlanFile::Stage& stage = status.plan.stages[s];
    Json cells = Json::array();
    for (std::size_t c = 0; c < counts[s].size(); ++c)
      cells.push_back({{"cell", stage.cells[c].name}, {"counts", json_of(counts[s][c])}});
    json["stages"].push_back({{"stage", stage.name}, {"kind", stage.kind}, {"cells", cells}});
  }
  json["tasks"] = Json::array();
  for (const TaskStatus& task : status.tasks) {
    const PlanFile::Stage& stage = status.plan.stages[task.stage];
    json["tasks"].push_back({{"stage", stage.name},
                             {"cell", stage.cells[task.cell].name},
                             {"replicate", task_of(status, task).replicate},
                             {"state", state_name(task.state)},
                             {"message", task.message},
                             {"file", task_of(status, task).file},
                             {"id", task_of(status, task).id}});
  }
  fmt::print("{}\n", json.dump(2, ' ', false, Json::error_handler_t::replace));
}

void print_runs(const FolderStatus& status) {
  for (const LockHolder& run : status.runs)
    fmt::print("{} process {} on host {} since {}\n",
               run.is_here() ? "at work:" : "said to be at work:", run.pid, run.host, run.since);
  if (status.seconds_left) fmt::print("about {} left\n", duration(*status.seconds_left));
  if (!status.runs.empty()) fmt::print("\n");
}

void print_cells(const FolderStatus& status) {
  std::size_t stage_width = 5, cell_width = 4;
  for (const PlanFile::Stage& stage : status.plan.stages) {
    stage_width = std::max(stage_width, stage.name.size());
    for (const PlanFile::Cell& cell : stage.cells)
      cell_width = std::max(cell_width, cell.name.size());
  }
  fmt::print("{:<{}}  {:<{}}  tasks\n", "stage", stage_width, "cell", cell_width);
  const auto counts = counts_of(status);
  for (std::size_t s = 0; s < counts.size(); ++s)
    for (std::size_t c = 0; c < counts[s].size(); ++c)
      fmt::print("{:<{}}  {:<{}}  {}\n", status.plan.stages[s].name, stage_width,
                 status.plan.stages[s].cells[c].name, cell_width, text_of(counts[s][c]));
}

/// Tasks that somebody should know of, each with the reason.
void print_reasons(const FolderStatus& status) {
  bool first = true;
  for (const TaskStatus& task : status.tasks) {
    if (task.state == State::done || (task.state == State::missing && task.message.empty()))
      continue;
    if (first) fmt::print("\n");
    first = false;
    fmt::print("{:<8} {}  {}\n", state_name(task.state), task_of(status, task).file, task.message);
  }
}

int run_status(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const std::string folder = arguments.operand(0);
  const FolderStatus status = status_of(folder);
  if (arguments.has("json")) {
    print_json(status, folder);
  } else {
    fmt::print("{}\n\n", status.plan.title);
    print_runs(status);
    print_cells(status);
    print_reasons(status);
    fmt::print("\n{} tasks: {}; {}\n", status.tasks.size(), text_of(total(status)),
               status.is_collected ? "results.h5 is there" : "results.h5 is not there");
  }
  return status.count(State::damaged) ? static_cast<int>(Exit::damaged) : 0;
}

}  // namespace

extern const Verb status_verb;
const Verb status_verb{
    "status", "DIR",      "Show what is done, running, failed and missing in a folder of results",
    {},       run_status, takes_json};

}  // namespace seedbed
