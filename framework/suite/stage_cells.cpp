#include "suite/stage_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "loader/sha256.hpp"
#include "suite/canonical.hpp"
#include "suite/label.hpp"
#include "suite/stage_order.hpp"

namespace seedbed {
namespace {

/// Letters that every file system and shell takes; long names end in a part of their hash.
std::string folder_name(const std::string& name) {
  std::string safe;
  for (const char c : name) {
    const bool keep = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::strchr("._-+=,", c);
    safe += keep ? c : '_';
  }
  if (safe.empty()) return "all";
  return safe.size() <= 180 ? safe : safe.substr(0, 160) + "~" + sha256(name).substr(0, 12);
}

std::string name_of(const std::vector<Coordinate>& coordinates) {
  std::string name;
  for (const Coordinate& each : coordinates)
    name += fmt::format("{}{}={}", name.empty() ? "" : ",", each.axis, each.label);
  return name;
}

}  // namespace

StageCells::StageCells(const Node& root, const SweepNode& sweep, const Registry& registry,
                       CellReader& reader, Diagnostics& diagnostics)
    : root_(root),
      sweep_(sweep),
      registry_(registry),
      reader_(reader),
      diagnostics_(diagnostics),
      used_(sweep.axes.size()) {}

std::vector<Stage> StageCells::read(const std::vector<StageNode>& nodes) {
  std::vector<Stage> stages(nodes.size());
  std::vector<View> views(nodes.size());
  for (const std::size_t i : reading_order(nodes)) {
    const std::optional<std::size_t> from = theta_stage_of(i, nodes);
    const bool is_read = from && views[*from].sweep;  // not where they wait in a cycle
    views[i] = view_of(nodes[i], is_read ? &views[*from] : nullptr);
    for (std::size_t a = 0; a < used_.size(); ++a) used_[a] = used_[a] || views[i].knows[a];
    stages[i] = read_stage(nodes[i], views[i], is_read ? &stages[*from] : nullptr);
  }
  return stages;
}

/// A stage knows the axes that say something to it, those of the stage that its theta is of, and
/// its list of checkpoints.
StageCells::View StageCells::view_of(const StageNode& node, const View* source) const {
  SweepNode sweep = source ? *source->sweep : sweep_;
  std::vector<bool> knows = speaking_axes(sweep, node);
  for (std::size_t a = 0; source && a < knows.size(); ++a) knows[a] = knows[a] || source->knows[a];
  if (const std::vector<Node> values = checkpoints_of(node); !values.empty()) {
    // Two of one name: what theta's stage was started from, and what is taken of it.
    const bool taken = std::ranges::count(sweep.axes, "checkpoint", &AxisNode::name) > 0;
    const std::string name = (taken ? node.theta_stage + "." : "") + "checkpoint";
    sweep.dimensions.push_back({name, {sweep.axes.size()}, {}});
    for (std::size_t k = 0; k < values.size(); ++k) sweep.dimensions.back().points.push_back({k});
    sweep.axes.push_back(
        {name, {"theta", "checkpoint"}, values[0].place, values, labels_of(values, registry_)});
    knows.push_back(true);
  }
  return {std::make_shared<const SweepNode>(std::move(sweep)), std::move(knows)};
}

Stage StageCells::read_stage(const StageNode& node, const View& view, const Stage* source) {
  Stage stage{node.name, node.kind, node.after, node.theta_stage, {}, {}, {}};
  if (node.kind == StageKind::report) {
    TableReader(node.table, fmt::format("stage '{}'", node.name), diagnostics_).finish();
    return stage;
  }
  if (!stage.theta_stage.empty())
    std::erase(stage.after, stage.theta_stage);  // it needs the cells that its theta is of, alone
  const Grid grid(root_, node, *view.sweep, view.knows);
  stage.axes = grid.axes();
  stage.dimensions = grid.dimensions();
  const std::optional<ThetaCells> theta_cells =
      source ? std::optional<ThetaCells>(*source) : std::nullopt;
  std::set<std::string> names;
  for (const GridPoint& point : points_of(node, grid)) {
    std::optional<Cell> cell = read_cell(node, grid, point, theta_cells ? &*theta_cells : nullptr);
    if (!cell) continue;
    const std::string name = cell->name;
    cell->name = folder_name(name);
    if (!names.insert(cell->name).second) cell->name += "~" + sha256(name).substr(0, 12);
    stage.cells.push_back(std::move(*cell));
  }
  return stage;
}

std::vector<GridPoint> StageCells::points_of(const StageNode& node, const Grid& grid) {
  if (grid.too_many()) {
    diagnostics_.add(node.place, fmt::format("stage '{}': expected at most {} cells, got more",
                                             node.name, Grid::most_points));
    return {};
  }
  std::vector<GridPoint> points = grid.points();
  if (points.empty() && !sweep_.when.empty())
    diagnostics_.add(sweep_.when[0].place,
                     "'when' of [sweep]: expected a condition that holds for "
                     "a cell of the sweep, got one that keeps none");
  return points;
}

std::optional<Cell> StageCells::read_cell(const StageNode& node, const Grid& grid,
                                          const GridPoint& point, const ThetaCells* theta_cells) {
  Cell cell;
  cell.index = point.index;
  cell.coordinates = grid.coordinates(point);
  cell.name = name_of(cell.coordinates);
  const Tree tree = grid.tree(point);  // what is read points into it
  std::optional<CellReading> read = reader_.read(tree, node);
  if (!read) return std::nullopt;
  cell.configuration = std::move(read->configuration);
  cell.parameters = read->parameters;
  if (theta_cells)
    theta_cells->connect(read->theta, cell, diagnostics_);
  else if (read->theta.is_of_stage && node.theta_stage.empty())
    diagnostics_.add(read->theta.place, "'theta.stage': expected no axis of [sweep] to set it");
  cell.resolved = canonical(cell.configuration);
  return cell;
}

}  // namespace seedbed
