#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runner/crew.hpp"

namespace seedbed {

/// A task that failed, or was not run for another that did.
struct Failure {
  std::string task;     ///< Its run file.
  std::string message;  ///< Why.
  std::string alone;    ///< The command that runs it again, alone; "": it was not run.
};

/// What came of it.
struct RunResult {
  std::size_t tasks = 0, done_before = 0, todo = 0;
  std::size_t waiting = 0;  ///< Tasks of a slice that need files which other slices make.
  std::map<std::size_t, TaskChange::Kind>
      became{};  ///< Of each task that was handed out, or not run.
  std::vector<Failure> failures{};
  std::vector<bool> done{};       ///< Of every task of the plan, by whomever.
  bool was_stopped = false;       ///< Before it was done.
  int by_signal = 0;              ///< The one that asked for it; 0: none.
  int aborted_by = 0;             ///< The second one, which killed the workers; 0: none.
  std::filesystem::path results;  ///< results.h5; empty when a task is missing.
  std::vector<std::filesystem::path> report{};  ///< What was written of it.
  double seconds = 0.0;

  std::size_t count(TaskChange::Kind kind) const;
  std::size_t missing() const;  ///< Tasks of the plan that are not done.
  bool is_finished() const;     ///< What was to be done was tried to the end.
  int exit() const;             ///< Exit code: 0, 1, 75, 130 or 143.
  /// "done", "failed", "stopped", or "incomplete" where tasks are missing that were not selected.
  std::string status() const;
};

/// For scripts: status, exit, tasks (total, done, done_before, done_now, failed, not_run, stopped,
/// missing), failures (task, message, alone), files (results, events, logs, report, runs: of the
/// tasks that are done), seconds.
std::string to_json(const RunResult& result, const Plan& plan, const std::filesystem::path& output);

}  // namespace seedbed
