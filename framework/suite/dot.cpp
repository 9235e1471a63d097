#include <fmt/format.h>

#include "suite/canonical.hpp"
#include "suite/plan.hpp"

namespace seedbed {
namespace {

/// A string of the language: quotes are escaped; a line break is \n there, too.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

/// One box per cell: its name, how many tasks it has, how many are done.
std::string cell_nodes(const Suite& suite, const Plan& plan, const PlannedStage& stage) {
  const std::vector<Cell>& cells = suite.stages[stage.stage].cells;
  std::vector<std::size_t> done(cells.size());
  for (std::size_t i = stage.first; i < stage.first + stage.count; ++i)
    done[plan.tasks[i].cell] += plan.tasks[i].state == Task::State::done;
  std::string text;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::string label =
        fmt::format("{}\n{} of {} done", cells[c].name, done[c], suite.replicates);
    text += fmt::format("    {} [label={}];\n", quoted(stage.name + "/" + cells[c].name),
                        quoted(label));
  }
  return text;
}

}  // namespace

std::string to_dot(const Suite& suite, const Plan& plan) {
  std::string text = "digraph plan {\n  rankdir=LR;\n  compound=true;\n  node [shape=box];\n";
  for (std::size_t k = 0; k < plan.stages.size(); ++k) {
    const PlannedStage& stage = plan.stages[k];
    const std::string label =
        fmt::format("{} ({})", stage.name, stage_kind_name(suite.stages[stage.stage].kind));
    text += fmt::format("  subgraph cluster_{} {{\n    label={};\n", k, quoted(label));
    text += cell_nodes(suite, plan, stage) + "  }\n";
  }
  const auto first = [&](std::size_t k) {
    const PlannedStage& stage = plan.stages[k];
    return quoted(stage.name + "/" + suite.stages[stage.stage].cells.at(0).name);
  };
  for (std::size_t k = 0; k < plan.stages.size(); ++k)
    for (const std::size_t before : plan.stages[k].after)
      text += fmt::format("  {} -> {} [ltail=cluster_{}, lhead=cluster_{}];\n", first(before),
                          first(k), before, k);
  return text + "}\n";
}

}  // namespace seedbed
