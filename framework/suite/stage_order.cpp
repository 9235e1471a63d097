#include "suite/stage_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "suite/contains.hpp"

namespace seedbed {
namespace {

std::vector<std::string> names_of(const std::vector<StageNode>& stages) {
  std::vector<std::string> names;
  for (const StageNode& stage : stages) names.push_back(stage.name);
  return names;
}

void check_names(const std::vector<StageNode>& stages, Diagnostics& diagnostics) {
  const std::vector<std::string> names = names_of(stages);
  for (std::size_t i = 0; i < stages.size(); ++i)
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      diagnostics.add(stages[i].place, fmt::format("two stages are named '{}'", names[i]));
  const auto check = [&](const std::string& name, const Place& place) {
    if (!contains(names, name))
      diagnostics.add(place, fmt::format("no stage is named '{}'", name),
                      did_you_mean(name, names));
  };
  for (const StageNode& stage : stages) {
    for (std::size_t k = 0; k < stage.after.size(); ++k)
      check(stage.after[k], stage.after_places[k]);
    if (!stage.theta_stage.empty()) check(stage.theta_stage, stage.theta_place);
  }
}

/// theta is learnt, and a report is the last and the only one.
void check_kinds(const std::vector<StageNode>& stages, Diagnostics& diagnostics) {
  bool reports = false;
  for (const StageNode& stage : stages) {
    if (stage.kind == StageKind::report && std::exchange(reports, true))
      diagnostics.add(stage.place, "expected at most one report stage, got a second");
    for (const StageNode& other : stages) {
      if (!stage.theta_stage.empty() && stage.theta_stage == other.name &&
          other.kind != StageKind::learn)
        diagnostics.add(stage.theta_place,
                        fmt::format("'theta' of stage '{}': expected a learn stage, got '{}', "
                                    "which does not learn",
                                    stage.name, other.name));
      if (other.kind != StageKind::report) continue;
      for (std::size_t k = 0; k < stage.after.size(); ++k)
        if (stage.after[k] == other.name)
          diagnostics.add(stage.after_places[k],
                          fmt::format("'after' of stage '{}': expected a stage with results, got "
                                      "report stage '{}', which is the last",
                                      stage.name, other.name));
    }
  }
}

void check_cycle(const std::vector<StageNode>& stages, Diagnostics& diagnostics) {
  const std::vector<std::size_t> cycle = cycle_of(after_of(stages));
  if (cycle.empty()) return;
  std::string text;
  for (const std::size_t i : cycle) text += stages[i].name + " -> ";
  const StageNode& first = stages[cycle[0]];
  const Place& place = !first.after_places.empty()  ? first.after_places[0]
                       : !first.theta_stage.empty() ? first.theta_place
                                                    : first.place;
  diagnostics.add(place, "stages wait for each other in a cycle: " + text + first.name);
}

}  // namespace

After after_of(const std::vector<StageNode>& stages) {
  After after(stages.size());
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const StageNode& stage = stages[i];
    const bool all = stage.kind == StageKind::report && stage.after.empty();
    for (std::size_t j = 0; j < stages.size(); ++j)
      if ((stages[j].name == stage.theta_stage && !stage.theta_stage.empty()) ||
          (all && stages[j].kind != StageKind::report) || contains(stage.after, stages[j].name))
        after[i].push_back(j);
  }
  return after;
}

std::vector<std::size_t> reading_order(const std::vector<StageNode>& stages) {
  const After after = after_of(stages);
  if (cycle_of(after).empty()) return topological_order(after);
  std::vector<std::size_t> order(stages.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

std::optional<std::size_t> theta_stage_of(std::size_t i, const std::vector<StageNode>& stages) {
  for (std::size_t j = 0; j < stages.size(); ++j)
    if (j != i && !stages[i].theta_stage.empty() && stages[j].name == stages[i].theta_stage &&
        stages[j].kind == StageKind::learn)
      return j;
  return std::nullopt;
}

void check_order(const std::vector<StageNode>& stages, Diagnostics& diagnostics) {
  check_names(stages, diagnostics);
  check_kinds(stages, diagnostics);
  check_cycle(stages, diagnostics);
}

}  // namespace seedbed
