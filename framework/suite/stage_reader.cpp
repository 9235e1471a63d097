#include "suite/stage_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "suite/order.hpp"

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

/// [[stage]]: name and kind are keys.
StageNode read_listed(const Node& node, Diagnostics& diagnostics) {
  StageNode stage{"", StageKind::learn, node.place, {}, {}, node};
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
  for (const Node& kind : taken(stage.table, "kind")) {
    if (kind.text == "gradient")
      stage.kind = StageKind::gradient;
    else if (kind.text != "learn")
      diagnostics.add(kind.place,
                      fmt::format("'kind' of stage '{}': expected \"learn\" or "
                                  "\"gradient\", got {}",
                                  stage.name, shown(kind)),
                      did_you_mean(kind.text, {"learn", "gradient"}));
  }
  read_after(stage, diagnostics);
  return stage;
}

StageNode read_named(const Member& member, Diagnostics& diagnostics) {
  const StageKind kind = member.key == "learn" ? StageKind::learn : StageKind::gradient;
  StageNode stage{member.key, kind, member.place, {}, {}, member.value};
  stage.table.place = member.place;
  read_after(stage, diagnostics);
  return stage;
}

void check_names(const std::vector<StageNode>& stages, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const StageNode& stage : stages) {
    if (std::find(names.begin(), names.end(), stage.name) != names.end())
      diagnostics.add(stage.place, fmt::format("two stages are named '{}'", stage.name));
    names.push_back(stage.name);
  }
  bool known = true;
  std::vector<std::vector<std::size_t>> after(stages.size());
  for (std::size_t i = 0; i < stages.size(); ++i)
    for (std::size_t k = 0; k < stages[i].after.size(); ++k) {
      const std::string& name = stages[i].after[k];
      const auto found = std::find(names.begin(), names.end(), name);
      if (found != names.end()) {
        after[i].push_back(static_cast<std::size_t>(found - names.begin()));
        continue;
      }
      known = false;
      diagnostics.add(stages[i].after_places[k], fmt::format("no stage is named '{}'", name),
                      did_you_mean(name, names));
    }
  if (!known) return;
  const std::vector<std::size_t> cycle = cycle_of(after);
  if (cycle.empty()) return;
  std::string text;
  for (const std::size_t i : cycle) text += names[i] + " -> ";
  const StageNode& first = stages[cycle[0]];
  diagnostics.add(first.after_places.empty() ? first.place : first.after_places[0],
                  "stages wait for each other in a cycle: " + text + names[cycle[0]]);
}

}  // namespace

std::vector<std::string> stage_keys(StageKind kind) {
  if (kind == StageKind::learn)
    return {"iterations", "episodes",   "optimizer", "estimator",
            "theta",      "divergence", "antithetic"};
  return {"batches",    "episodes",        "estimators",       "estimator", "theta",
          "antithetic", "reference_error", "reference_batches", "sources"};
}

std::vector<StageNode> read_stages(const Node& root, Diagnostics& diagnostics) {
  std::vector<StageNode> stages;
  for (const Member& member : root.members) {
    if (member.key == "learn" || member.key == "gradient")
      stages.push_back(read_named(member, diagnostics));
    if (member.key != "stage") continue;
    if (!member.value.is(Node::Type::array))
      diagnostics.add(member.place, "'stage': expected [[stage]], a list of tables, got " +
                                        type_name(member.value));
    for (const Node& node : member.value.items) stages.push_back(read_listed(node, diagnostics));
  }
  if (stages.empty())
    diagnostics.add(root.place, "missing a stage: expected [learn], [gradient] or [[stage]]");
  check_names(stages, diagnostics);
  return stages;
}

}  // namespace seedbed
