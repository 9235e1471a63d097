#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/configuration.hpp"
#include "suite/diagnostic.hpp"

namespace seedbed {

/// A stage as it stands in the suite, before any sweep.
struct StageNode {
  std::string name;
  StageKind kind = StageKind::learn;
  Place place;
  std::vector<std::string> after;
  std::vector<Place> after_places;
  std::string theta_stage;  ///< Of theta = { stage = ... }; "": theta is of no other stage.
  Place theta_place;
  Node table;  ///< Without name, kind and after.
};

/// Every kind of stage, in the order of their work.
inline constexpr StageKind stage_kinds[] = {StageKind::learn, StageKind::gradient,
                                            StageKind::evaluate, StageKind::report};

std::optional<StageKind> stage_kind_named(const std::string& name);

/// The keys that a stage of this kind may have, and that an axis may sweep in it.
std::vector<std::string> stage_keys(StageKind kind);

/// The stages of a suite: [learn], [gradient], [evaluate], [report] and every [[stage]], in the
/// order of the text. What is wrong with their names and their order is in the diagnostics.
std::vector<StageNode> read_stages(const Node& root, Diagnostics& diagnostics);

}  // namespace seedbed
