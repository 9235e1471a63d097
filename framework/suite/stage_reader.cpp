#include "suite/stage_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "suite/canonical.hpp"
#include "suite/stage_order.hpp"

namespace seedbed {
namespace {

/// Part of a path of files, so letters, digits and . _ - only.
bool is_name(const std::string& text) {
  return !text.empty() && text[0] != '.' &&
         text.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
             "0123456789._-") == std::string::npos;
}

/// Takes a member out of a table.
std::vector<Node> taken(Node& table, const std::string& key) {
  std::vector<Node> found;
  for (const Member& member : table.members)
    if (member.key == key) found.push_back(member.value);
  std::erase_if(table.members, [&](const Member& member) { return member.key == key; });
  return found;
}

void read_after(StageNode& stage, Diagnostics& diagnostics) {
  for (const Node& node : taken(stage.table, "after")) {
    const std::vector<Node> names = node.is(Node::Type::array) ? node.items : std::vector{node};
    for (const Node& name : names) {
      if (!name.is(Node::Type::string)) {
        diagnostics.add(name.place,
                        fmt::format("'after' of stage '{}': expected the name of a stage, got {}",
                                    stage.name, shown(name)));
        continue;
      }
      stage.after.push_back(name.text);
      stage.after_places.push_back(name.place);
    }
  }
}

/// theta = { stage = "train", ... }; the rest of it is read with the cells.
void read_theta_stage(StageNode& stage, Diagnostics& diagnostics) {
  const Node* theta = stage.table.find("theta");
  const Node* name = theta ? theta->find("stage") : nullptr;
  if (!name) return;
  stage.theta_place = name->place;
  if (name->is(Node::Type::string))
    stage.theta_stage = name->text;
  else
    diagnostics.add(name->place, fmt::format("'stage' of 'theta' of stage '{}': expected the name "
                                             "of a stage, got {}",
                                             stage.name, shown(*name)));
}

void read_kind(const Node& kind, StageNode& stage, Diagnostics& diagnostics) {
  if (const std::optional<StageKind> known = stage_kind_named(kind.text)) {
    stage.kind = *known;
    return;
  }
  std::vector<std::string> names;
  for (const StageKind each : stage_kinds) names.push_back(stage_kind_name(each));
  diagnostics.add(kind.place,
                  fmt::format("'kind' of stage '{}': expected \"learn\", \"gradient\", "
                              "\"evaluate\" or \"report\", got {}",
                              stage.name, shown(kind)),
                  did_you_mean(kind.text, names));
}

/// [[stage]]: name and kind are keys.
StageNode read_listed(const Node& node, Diagnostics& diagnostics) {
  StageNode stage{"", StageKind::learn, node.place, {}, {}, "", {}, node};
  for (const char* key : {"name", "kind"})
    if (!node.find(key))
      diagnostics.add(node.place, fmt::format("missing key '{}' of a stage", key));
  for (const Node& name : taken(stage.table, "name")) {
    stage.name = name.text;
    if (!is_name(name.text))
      diagnostics.add(name.place, fmt::format("'name' of a stage: expected letters, digits, '.', "
                                              "'_' and '-', got {}",
                                              shown(name)));
  }
  for (const Node& kind : taken(stage.table, "kind")) read_kind(kind, stage, diagnostics);
  return stage;
}

StageNode read_named(const Member& member, StageKind kind) {
  StageNode stage{member.key, kind, member.place, {}, {}, "", {}, member.value};
  stage.table.place = member.place;
  return stage;
}

}  // namespace

std::optional<StageKind> stage_kind_named(const std::string& name) {
  for (const StageKind kind : stage_kinds)
    if (name == stage_kind_name(kind)) return kind;
  return std::nullopt;
}

std::vector<std::string> stage_keys(StageKind kind) {
  switch (kind) {
    case StageKind::learn:
      return {"iterations", "episodes",   "optimizer", "estimator",
              "theta",      "divergence", "antithetic"};
    case StageKind::gradient:
      return {"batches",    "episodes",        "estimators",        "estimator", "theta",
              "antithetic", "reference_error", "reference_batches", "sources"};
    case StageKind::evaluate:
      return {"episodes", "block", "theta"};
    case StageKind::report:
      return {};
  }
  return {};
}

std::vector<StageNode> read_stages(const Node& root, Diagnostics& diagnostics) {
  std::vector<StageNode> stages;
  for (const Member& member : root.members) {
    if (const std::optional<StageKind> kind = stage_kind_named(member.key))
      stages.push_back(read_named(member, *kind));
    if (member.key != "stage") continue;
    if (!member.value.is(Node::Type::array))
      diagnostics.add(member.place, "'stage': expected [[stage]], a list of tables, got " +
                                        type_name(member.value));
    for (const Node& node : member.value.items) stages.push_back(read_listed(node, diagnostics));
  }
  if (stages.empty())
    diagnostics.add(root.place,
                    "missing a stage: expected [learn], [gradient], [evaluate] or [[stage]]");
  for (StageNode& stage : stages) {
    read_after(stage, diagnostics);
    read_theta_stage(stage, diagnostics);
  }
  check_order(stages, diagnostics);
  return stages;
}

}  // namespace seedbed
