#pragma once
#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "runner/crew.hpp"
#include "runner/selection.hpp"

namespace seedbed {

/// How `run` was asked to run a suite.
struct RunOptions {
  std::filesystem::path suite, output;      ///< the suite as given; the folder of its results
  std::filesystem::path program;            ///< of the workers: this very program
  std::vector<std::string> worker_options;  ///< --set, --plugin-path, ... as given
  std::filesystem::path events;             ///< beside events.jsonl of the results; empty: none
  unsigned jobs = 1;
  bool quiet = false;
  WorkerLimits limits;
};

/// What came of it.
struct RunResult {
  std::size_t tasks = 0, done_before = 0, done_now = 0, failed = 0;
  std::size_t missing = 0;        ///< Tasks of the plan that are not done, by whomever.
  std::filesystem::path results;  ///< results.h5; empty when a task is missing
};

/// Runs the tasks that are selected and to be done, then collects results.h5 when every task of the
/// plan is done. Progress and failures go to `messages`. The caller holds the RunLock of the folder
/// since before the plan was made. A suite that ran before costs nothing but the collecting.
RunResult run(const Suite& suite, const Plan& plan, const Selection& selection,
              const RunOptions& options, std::ostream& messages);

/// Task ids of published run files below `output`, for make_plan; damaged files throw.
TaskIdOf task_ids_below(const std::filesystem::path& output);

}  // namespace seedbed
