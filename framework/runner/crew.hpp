#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "suite/plan.hpp"

namespace seedbed {

/// What a task may cost; 0: no limit.
struct WorkerLimits {
  std::uint64_t seconds = 0;    ///< Wall time of a task; then its worker is killed.
  std::uint64_t mebibytes = 0;  ///< Data memory of a worker (RLIMIT_DATA).
};

/// How to start a worker: it reads `<index> <id>` of a task from its standard input, one line a
/// task, and answers `done`, `failed <message>` or `stopped` on its standard output.
struct WorkerCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path logs;  ///< Folder of worker-<n>.log: what a worker and its plugins said.
  WorkerLimits limits;
};

/// What became of a task.
struct Outcome {
  bool done = false;
  std::string message;  ///< Why not.
  bool tried = true;    ///< False: what it needs is not there.
};

/// Runs the tasks of `plan` that are named in `todo` with `jobs` worker processes, each one task at
/// a time; a task starts when all that it needs is done (task_queue.hpp). A worker that dies costs
/// its task alone; a failed task fails those that need it. `report` is called once per task, one
/// call at a time.
void run_crew(const Plan& plan, const std::vector<std::size_t>& todo, unsigned jobs,
              const WorkerCommand& command,
              const std::function<void(std::size_t task, const Outcome&)>& report);

}  // namespace seedbed
