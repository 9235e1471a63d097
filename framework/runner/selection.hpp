#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "runner/slice.hpp"
#include "suite/plan.hpp"

namespace seedbed {

/// Which tasks of a plan a `run` is asked to take.
struct SelectionOptions {
  std::string only;                                ///< A condition (suite/condition.hpp); "": all.
  std::optional<std::vector<std::string>> failed;  ///< These run files alone (--failed).
  bool force = false;                              ///< Also tasks that are done.
  std::optional<Slice> slice;                      ///< Of what the condition selects, this part.
};

/// The tasks that this run takes.
struct Selection {
  std::vector<std::size_t> selected;  ///< Done or not.
  std::vector<std::size_t> todo;      ///< Those of them that are to be run.
  std::vector<std::size_t> waiting;   ///< Of a slice: they need files that other slices make.
  bool is_whole = true;               ///< All tasks of the plan are selected.
};

/// The run file that a task waits for, which is not there: of its needs, and of the stages before
/// its own; "" where all are there.
std::string missing_need(const Plan& plan, std::size_t task);

/// What the options select of the plan, in its order. The condition speaks of the axes of the
/// sweep, and of stage, cell and replicate. Throws Error (exit 2) when the condition cannot be
/// read, names what is not there (with the nearest name), or selects nothing.
Selection select(const Suite& suite, const Plan& plan, const SelectionOptions& options);

}  // namespace seedbed
