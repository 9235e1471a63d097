#pragma once
#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "runner/crew.hpp"

namespace seedbed {

/// How `run` was asked to run a suite.
struct RunOptions {
  std::filesystem::path suite, output;      ///< the suite as given; the folder of its results
  std::filesystem::path program;            ///< of the workers: this very program
  std::vector<std::string> worker_options;  ///< --set, --plugin-path, ... as given
  unsigned jobs = 1;
  bool quiet = false;
  WorkerLimits limits;
};

/// What came of it.
struct RunResult {
  std::size_t tasks = 0, done_before = 0, done_now = 0, failed = 0;
  std::filesystem::path results;  ///< results.h5; empty when a task failed
};

/// Runs the tasks of the plan that have no run file yet, then collects results.h5. Progress and
/// failures go to `messages`. A suite that ran before costs nothing but the collecting.
RunResult run(const Suite& suite, const Plan& plan, const RunOptions& options,
              std::ostream& messages);

/// Task ids of published run files below `output`, for make_plan; damaged files throw.
TaskIdOf task_ids_below(const std::filesystem::path& output);

}  // namespace seedbed
