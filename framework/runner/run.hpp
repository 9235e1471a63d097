#pragma once
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "runner/crew.hpp"
#include "runner/run_result.hpp"
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
  bool fail_fast = false;  ///< Stop after the first failure.
  WorkerLimits limits;
  std::vector<int> locks{};  ///< Descriptors that the workers inherit (lock.hpp).
  std::string slice;  ///< "2-of-4": others are at work in the folder, and it does not collect
};

/// Runs the tasks that are selected and to be done, then collects results.h5 when every task of the
/// plan is done. Progress and failures go to `messages`. The caller holds the RunLock of the folder
/// since before the plan was made. A suite that ran before costs nothing but the collecting.
RunResult run(const Suite& suite, const Plan& plan, const Selection& selection,
              const RunOptions& options, std::ostream& messages);

/// The command that runs one task again, alone and without a time limit: for a debugger.
std::string command_of(const WorkerCommand& worker, std::size_t task);

/// Collects results.h5 if every task is done by now, by whomever; its path, empty if not. For the
/// last of several slices, which has the folder for itself.
std::filesystem::path collect_if_done(const Suite& suite, const RunOptions& options);

}  // namespace seedbed
