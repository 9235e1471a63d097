#pragma once
#include <string>
#include <vector>

#include "loader/registry.hpp"
#include "suite/stage_reader.hpp"

namespace seedbed {

/// One axis of [sweep]: a dotted path and the nodes that it puts there, one after the other.
struct AxisNode {
  std::string name;               ///< "optimizer.step"
  std::vector<std::string> path;  ///< optimizer, step
  Place place;
  std::vector<Node> values;
  std::vector<std::string> labels;  ///< Short and different from each other.
};

/// The axes in the order of the text. An axis without values is an error.
std::vector<AxisNode> read_axes(const Node* sweep, const Registry& registry,
                                Diagnostics& diagnostics);

/// Labels of the values of one axis: what is written, or a plugin's name and what tells it from the
/// others ("reinforce+leave-one-out", "sgd,step=1e-3").
std::vector<std::string> labels_of(const std::vector<Node>& values, const Registry& registry);

/// What one cell is read from: the shared tables and its stage's, with the axes applied.
struct Tree {
  Node root, stage;
};

/// Whether an axis or an override with this path says anything to stages of this kind.
bool applies(const std::vector<std::string>& path, StageKind kind);

/// Puts `value` where the path leads: in the stage's table where its keys are the stage's, else at
/// top level. Tables on the way are made; "name" on the way becomes { plugin = "name" }.
void put(Tree& tree, const std::vector<std::string>& path, const Place& place, const Node& value,
         StageKind kind);
void put(Node& table, const std::vector<std::string>& path, const Place& place, const Node& value);

}  // namespace seedbed
