#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "suite/plan.hpp"

namespace seedbed {

/// theta as the run of another task left it.
struct ThetaInput {
  std::string file, task;        ///< The run file below the results folder, and its identity.
  std::uint64_t checkpoint = 0;  ///< Updates that were made before it.
  std::vector<double> values;
  bool diverged = false;  ///< That run diverged before it came so far: there are no values.

  std::string json() const;  ///< {"file": ..., "task": ..., "checkpoint": ...}
};

/// What `task` takes from the run file of the task that it needs; nothing where it needs none.
/// Throws Error: that file is not there, damaged, or of another task than the plan names.
std::optional<ThetaInput> theta_input(const Suite& suite, const Plan& plan, const Task& task,
                                      const std::filesystem::path& output);

}  // namespace seedbed
