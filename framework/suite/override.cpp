#include "suite/override.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "suite/canonical.hpp"
#include "suite/contains.hpp"
#include "suite/stage_reader.hpp"
#include "suite/sweep.hpp"

namespace seedbed {
namespace {

using Path = std::vector<std::string>;

/// The tables of the stages with their kinds, where they stand in the tree.
std::vector<std::pair<Node*, StageKind>> stages_of(Node& root) {
  std::vector<std::pair<Node*, StageKind>> stages;
  for (const StageKind kind : stage_kinds)
    if (Node* stage = root.find(stage_kind_name(kind))) stages.emplace_back(stage, kind);
  if (Node* listed = root.find("stage"))
    for (Node& stage : listed->items) {
      const Node* kind = stage.find("kind");
      stages.emplace_back(&stage,
                          stage_kind_named(kind ? kind->text : "").value_or(StageKind::learn));
    }
  return stages;
}

Node* stage_named(Node& root, const std::string& name) {
  if (Node* listed = root.find("stage"))
    for (Node& stage : listed->items)
      if (const Node* found = stage.find("name"); found && found->text == name) return &stage;
  return nullptr;
}

std::string dotted(const Path& path) {
  std::string text;
  for (const std::string& key : path) text += (text.empty() ? "" : ".") + key;
  return text;
}

/// An axis that has the last word on what `path` sets; "" when none has.
std::string sweeping_axis(const Node& table, const Path& prefix, const Path& path) {
  for (const Member& member : table.members) {
    Path axis = prefix;
    const bool groups = prefix.empty() && (member.key == "zip" || member.key == "list");
    if (!groups)
      for (const std::string& key : parse_path(member.key)) axis.push_back(key);
    for (const Node& item : groups ? member.value.items : std::vector<Node>())
      if (std::string found = sweeping_axis(item, axis, path); !found.empty()) return found;
    if (member.value.is(Node::Type::table) && !member.value.find("plugin")) {
      if (std::string found = sweeping_axis(member.value, axis, path); !found.empty()) return found;
      continue;
    }
    const std::size_t shared = std::min(axis.size(), path.size());
    if (!groups && member.key != "when" &&
        std::equal(axis.begin(), axis.begin() + static_cast<std::ptrdiff_t>(shared), path.begin()))
      return dotted(axis);
  }
  return "";
}

/// False when the path's first key means nothing.
bool set(Node& root, const Path& path, const Place& place, const Node& value) {
  bool done = false;
  for (auto& [stage, kind] : stages_of(root))
    if (contains(stage_keys(kind), path[0]) &&
        (path[0] != "estimator" || stage->find("estimator"))) {
      put(*stage, path, place, value);
      done = true;
    }
  if (done) return true;
  if (Node* stage = stage_named(root, path[0])) {
    if (path.size() > 1) put(*stage, Path(path.begin() + 1, path.end()), place, value);
    return path.size() > 1;
  }
  if (!contains(suite_keys(), path[0])) return false;
  put(root, path, place, value);
  return true;
}

}  // namespace

std::vector<std::string> suite_keys() {
  return {"title",       "question",  "license", "seed",      "replicates", "pairing",
          "environment", "objective", "policy",  "estimator", "learn",      "gradient",
          "evaluate",    "report",    "stage",   "record",    "sweep"};
}

void apply_override(Node& root, const std::string& text, Diagnostics& diagnostics) {
  const std::size_t equals = text.find('=');
  const std::string name = "--set " + text;
  const std::string key = text.substr(0, equals);
  const Path path = parse_path(key);
  Node value = parse_value(name, equals == std::string::npos ? "" : text.substr(equals + 1));
  if (equals == std::string::npos || path.empty() || value.written.empty()) {
    diagnostics.add(value.place, "expected key=value, with a dotted path of keys");
    return;
  }
  const Path below = stage_named(root, path[0]) || stage_kind_named(path[0])
                         ? Path(path.begin() + 1, path.end())
                         : path;
  if (const Node* sweep = root.find("sweep"); sweep && path[0] != "sweep" && !below.empty())
    if (const std::string axis = sweeping_axis(*sweep, {}, below); !axis.empty()) {
      diagnostics.add(value.place,
                      fmt::format("expected a key that no axis sweeps, got '{}', which axis '{}' "
                                  "decides",
                                  key, axis),
                      fmt::format("--set 'sweep.\"{}\"=[...]' sets the axis", axis));
      return;
    }
  if (set(root, path, value.place, value)) return;
  Path known = suite_keys();
  for (const StageKind kind : stage_kinds)
    for (const std::string& word : stage_keys(kind)) known.push_back(word);
  diagnostics.add(value.place, fmt::format("unknown key '{}' of the suite", path[0]),
                  did_you_mean(path[0], known));
}

}  // namespace seedbed
