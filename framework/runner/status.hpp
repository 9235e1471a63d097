#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runner/lock_holder.hpp"
#include "suite/plan_file.hpp"

namespace seedbed {

/// A task of a folder as its files and events.jsonl show it.
struct TaskStatus {
  /// changed: the run file is of another task than planned. stopped: run again to continue.
  enum class State { done, running, failed, not_run, stopped, changed, damaged, missing };
  static constexpr std::size_t states = 8;

  std::size_t stage = 0, cell = 0, task = 0;  ///< Indices in the PlanFile.
  State state = State::missing;
  std::string message;  ///< Why, where there is a reason.
};

/// What can be known of a folder of results without suite and plugins. Reads only, takes no lock.
struct FolderStatus {
  PlanFile plan;
  std::vector<TaskStatus> tasks;       ///< In the order of the plan.
  std::vector<LockHolder> runs;        ///< At work; on other machines nobody here can know.
  bool is_collected = false;           ///< results.h5 is there.
  std::optional<double> seconds_left;  ///< While a run is at work and has finished something.

  std::size_t count(TaskStatus::State state) const;
};

/// Throws Error (exit 5) where there is no plan.json or it is damaged.
FolderStatus status_of(const std::filesystem::path& folder);

/// "done", "running", "failed", "not run", "stopped", "changed", "damaged", "missing".
const char* state_name(TaskStatus::State state);

}  // namespace seedbed
