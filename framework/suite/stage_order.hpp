#pragma once
#include "suite/order.hpp"
#include "suite/stage_reader.hpp"

namespace seedbed {

/// What each stage waits for: those in its `after` and that of its theta. A report stage that names
/// none waits for all others. Names that nobody has are left out.
After after_of(const std::vector<StageNode>& stages);

/// The stages, each after all that it waits for; in the order of the text where that is a cycle.
std::vector<std::size_t> reading_order(const std::vector<StageNode>& stages);

/// Where the stage stands whose theta stage `i` takes; nothing: none that learns.
std::optional<std::size_t> theta_stage_of(std::size_t i, const std::vector<StageNode>& stages);

/// Adds to the diagnostics: two stages of one name, names that nobody has, theta of a stage that
/// does not learn, a stage that waits for a report, a second report, and a cycle with its members.
void check_order(const std::vector<StageNode>& stages, Diagnostics& diagnostics);

}  // namespace seedbed
