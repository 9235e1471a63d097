#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "loader/registry.hpp"
#include "suite/condition.hpp"
#include "suite/stage_reader.hpp"

namespace seedbed {

/// One axis of [sweep]: a dotted path and the nodes that it can put there.
struct AxisNode {
  std::string name;               ///< "optimizer.step"
  std::vector<std::string> path;  ///< optimizer, step
  Place place;
  std::vector<Node> values;         ///< Different from each other.
  std::vector<std::string> labels;  ///< Of the values: short and different from each other.
};

/// Axes that advance together. One axis: its values, one after the other. [sweep.zip]: the k-th
/// values of all. [[sweep.list]]: points that each say what they set.
struct DimensionNode {
  static constexpr std::size_t unset = static_cast<std::size_t>(-1);

  std::string name;               ///< That of the one axis; "zip", "list".
  std::vector<std::size_t> axes;  ///< Indices in SweepNode::axes.
  /// points[k][a]: which value axis axes[a] has at point k; `unset` where a point of a list leaves
  /// it as the suite has it.
  std::vector<std::vector<std::size_t>> points;
};

/// Where one condition of `when` stands.
struct ConditionNode {
  Place place;
  Condition condition;
};

/// [sweep]: the cells are the points of the product of the dimensions at which all of `when` hold.
struct SweepNode {
  std::vector<AxisNode> axes;  ///< In the order of the text.
  std::vector<DimensionNode> dimensions;
  std::vector<ConditionNode> when;
};

/// What is wrong goes to the diagnostics, at the place of its text.
SweepNode read_sweep(const Node* sweep, const Registry& registry, Diagnostics& diagnostics);

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
