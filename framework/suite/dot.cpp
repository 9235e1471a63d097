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

/// One box per cell: its name, how many tasks it has, how many are done. A report is one box.
std::string cell_nodes(const Suite& suite, const Plan& plan, const PlannedStage& stage) {
  const std::vector<Cell>& cells = suite.stages[stage.stage].cells;
  if (cells.empty()) return fmt::format("    {};\n", quoted(stage.name));
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

/// An arrow between whole stages hangs on the first box of each.
std::string stage_arrows(const Suite& suite, const Plan& plan, std::size_t k) {
  const auto first = [&](const PlannedStage& stage) {
    const std::vector<Cell>& cells = suite.stages[stage.stage].cells;
    return quoted(cells.empty() ? stage.name : stage.name + "/" + cells[0].name);
  };
  std::string text;
  for (const std::size_t before : plan.stages[k].after)
    text += fmt::format("  {} -> {} [ltail=cluster_{}, lhead=cluster_{}];\n",
                        first(plan.stages[before]), first(plan.stages[k]), before, k);
  return text;
}

/// From the cells that theta is of, with the checkpoint.
std::string theta_arrows(const Suite& suite, const Stage& stage) {
  std::string text;
  for (const Stage& source : suite.stages)
    for (const Cell& cell : stage.cells)
      if (cell.theta_cell && source.name == stage.theta_stage)
        text += fmt::format("  {} -> {} [label={}];\n",
                            quoted(source.name + "/" + source.cells.at(*cell.theta_cell).name),
                            quoted(stage.name + "/" + cell.name),
                            cell.configuration.theta_from->checkpoint);
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
  for (std::size_t k = 0; k < plan.stages.size(); ++k)
    text += stage_arrows(suite, plan, k) + theta_arrows(suite, suite.stages[plan.stages[k].stage]);
  return text + "}\n";
}

}  // namespace seedbed
