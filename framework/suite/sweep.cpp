#include "suite/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace seedbed {
namespace {

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

const std::vector<std::string> shared_keys = {"environment", "objective", "policy", "record"};

/// Tables in [sweep] are paths with dots: optimizer.step = [...] without quotes.
void collect(const Node& table, const std::string& prefix, std::vector<AxisNode>& axes,
             Diagnostics& diagnostics) {
  for (const Member& member : table.members) {
    const std::string name = prefix + member.key;
    if (member.value.is(Node::Type::table)) {
      collect(member.value, name + ".", axes, diagnostics);
      continue;
    }
    if (!member.value.is(Node::Type::array)) {
      diagnostics.add(member.value.place,
                      fmt::format("axis '{}' of [sweep]: expected an array of values, got {}", name,
                                  shown(member.value)));
      continue;
    }
    if (member.value.items.empty())
      diagnostics.add(member.value.place,
                      fmt::format("axis '{}' of [sweep]: expected values, got none", name));
    AxisNode axis{name, parse_path(name), member.place, member.value.items, {}};
    if (axis.path.empty())
      diagnostics.add(member.place, fmt::format("axis '{}' of [sweep]: expected a dotted path of "
                                                "keys, such as \"optimizer.step\"",
                                                name));
    else
      axes.push_back(std::move(axis));
  }
}

void check_labels(const AxisNode& axis, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < axis.labels.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (axis.labels[i] == axis.labels[j])
        diagnostics.add(axis.values[i].place,
                        fmt::format("axis '{}' of [sweep]: expected different values, got {} twice",
                                    axis.name, axis.labels[i]));
}

void check_heads(const AxisNode& axis, Diagnostics& diagnostics) {
  std::vector<std::string> heads = shared_keys;
  for (const StageKind kind : {StageKind::learn, StageKind::gradient})
    for (const std::string& key : stage_keys(kind))
      if (!contains(heads, key)) heads.push_back(key);
  if (contains(heads, axis.path[0])) return;
  std::string hint = did_you_mean(axis.path[0], heads);
  if (hint.empty()) hint = "an axis begins with: " + listed(heads);
  diagnostics.add(axis.place, fmt::format("axis '{}' of [sweep] leads nowhere", axis.name), hint);
}

Node empty_table(const Place& place) {
  Node table;
  table.place = place;
  return table;
}

}  // namespace

std::vector<AxisNode> read_axes(const Node* sweep, const Registry& registry,
                                Diagnostics& diagnostics) {
  std::vector<AxisNode> axes;
  if (!sweep) return axes;
  if (!sweep->is(Node::Type::table))
    diagnostics.add(sweep->place, "[sweep]: expected a table, got " + shown(*sweep));
  collect(*sweep, "", axes, diagnostics);
  const auto before = [](const AxisNode& a, const AxisNode& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  };
  std::stable_sort(axes.begin(), axes.end(), before);
  for (AxisNode& axis : axes) {
    axis.labels = labels_of(axis.values, registry);
    check_labels(axis, diagnostics);
    check_heads(axis, diagnostics);
  }
  return axes;
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
