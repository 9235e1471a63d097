#pragma once
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
  Node table;  ///< Without name, kind and after.
};

/// The keys that a stage of this kind may have, and that an axis may sweep in it.
std::vector<std::string> stage_keys(StageKind kind);

/// The stages of a suite: [learn], [gradient] and every [[stage]], in the order of the text.
std::vector<StageNode> read_stages(const Node& root, Diagnostics& diagnostics);

}  // namespace seedbed
