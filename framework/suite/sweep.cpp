#include "suite/sweep.hpp"

#include <fmt/format.h>

#include <set>

#include "suite/contains.hpp"
#include "suite/label.hpp"
#include "suite/sweep_reader.hpp"

namespace seedbed {
namespace {

const std::vector<std::string> shared_keys = {"environment", "objective", "policy", "record"};

void check_labels(const AxisNode& axis, Diagnostics& diagnostics) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < axis.labels.size(); ++i)
    if (!seen.insert(axis.labels[i]).second)
      diagnostics.add(axis.values[i].place,
                      fmt::format("axis '{}' of [sweep]: expected different values, got {} twice",
                                  axis.name, axis.labels[i]));
}

void check_heads(const AxisNode& axis, Diagnostics& diagnostics) {
  std::vector<std::string> heads = shared_keys;
  for (const StageKind kind : stage_kinds)
    for (const std::string& key : stage_keys(kind))
      if (!contains(heads, key)) heads.push_back(key);
  if (contains(heads, axis.path[0])) return;
  std::string hint = did_you_mean(axis.path[0], heads);
  if (hint.empty()) hint = "an axis begins with: " + listed(heads);
  diagnostics.add(axis.place, fmt::format("axis '{}' of [sweep] leads nowhere", axis.name), hint);
}

/// Where in the text of a string an error is; all of the string where it has escapes.
Place place_inside(const Node& node, const ConditionError& error) {
  Place place = node.place;
  const std::size_t quote = node.written.find(node.text);
  if (quote == std::string::npos || node.text.find('\n') != std::string::npos) return place;
  place.column += static_cast<std::uint32_t>(quote + error.column - 1);
  place.width = static_cast<std::uint32_t>(error.width);
  return place;
}

/// `when`: a condition, or an array of them.
void read_when(const Node& when, SweepNode& sweep, Diagnostics& diagnostics) {
  Vocabulary vocabulary;
  for (const AxisNode& axis : sweep.axes) vocabulary[axis.name] = axis.labels;
  const std::vector<Node> all = when.is(Node::Type::array) ? when.items : std::vector{when};
  for (const Node& node : all) {
    if (!node.is(Node::Type::string)) {
      diagnostics.add(node.place,
                      "'when' of [sweep]: expected a condition over the axes, such as "
                      "\"optimizer.step < 1e-2\", got " +
                          shown(node));
      continue;
    }
    try {
      sweep.when.push_back({node.place, Condition(node.text, vocabulary)});
    } catch (const ConditionError& error) {
      diagnostics.add(place_inside(node, error), "'when' of [sweep]: " + error.message, error.hint);
    }
  }
}

Node empty_table(const Place& place) {
  Node table;
  table.place = place;
  return table;
}

}  // namespace

SweepNode read_sweep(const Node* node, const Registry& registry, Diagnostics& diagnostics) {
  SweepNode sweep;
  if (!node) return sweep;
  if (!node->is(Node::Type::table))
    diagnostics.add(node->place, "[sweep]: expected a table, got " + shown(*node));
  SweepReader(sweep, diagnostics).read(*node);
  for (AxisNode& axis : sweep.axes) {
    axis.labels = labels_of(axis.values, registry);
    check_labels(axis, diagnostics);
    check_heads(axis, diagnostics);
  }
  if (const Node* when = node->find("when")) read_when(*when, sweep, diagnostics);
  return sweep;
}

bool applies(const std::vector<std::string>& path, StageKind kind) {
  return contains(shared_keys, path[0]) || contains(stage_keys(kind), path[0]);
}

void put(Node& table, const std::vector<std::string>& path, const Place& place, const Node& value) {
  Node* node = &table;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (node->is(Node::Type::string)) {  // "name" -> { plugin = "name" }
      Node name = *node;
      *node = empty_table(name.place);
      node->members.push_back({"plugin", name.place, std::move(name)});
    }
    Node* next = node->find(path[i]);
    if (!next) {
      node->members.push_back({path[i], place, empty_table(place)});
      next = &node->members.back().value;
    }
    node = next;
  }
  *node = value;
}

void put(Tree& tree, const std::vector<std::string>& path, const Place& place, const Node& value,
         StageKind kind) {
  const bool shared =
      contains(shared_keys, path[0]) || (path[0] == "estimator" && !tree.stage.find("estimator"));
  if (shared || contains(stage_keys(kind), path[0]))
    put(shared ? tree.root : tree.stage, path, place, value);
}

}  // namespace seedbed
