#include "suite/grid.hpp"

#include <algorithm>
#include <map>

namespace seedbed {
namespace {

/// "optimizer.step=1e-3,policy.sigma=0.1"
std::string label_of(const std::vector<Coordinate>& coordinates) {
  std::string text;
  for (const Coordinate& each : coordinates)
    text += (text.empty() ? "" : ",") + each.axis + "=" + each.label;
  return text;
}

}  // namespace

std::vector<bool> speaking_axes(const SweepNode& sweep, const StageNode& stage) {
  std::vector<bool> speaking;
  for (const AxisNode& axis : sweep.axes) {
    // A gradient stage with its own list of estimators does not look at `estimator`.
    const bool hidden = axis.path[0] == "estimator" && stage.table.find("estimators");
    speaking.push_back(!hidden && applies(axis.path, stage.kind));
  }
  return speaking;
}

Grid::Grid(const Node& root, const StageNode& stage, const SweepNode& sweep,
           const std::vector<bool>& speaking)
    : stage_(stage), sweep_(sweep), speaking_(speaking) {
  for (const char* key : {"environment", "objective", "policy", "estimator", "record"})
    for (const Member& member : root.members)
      if (member.key == key) base_.root.members.push_back(member);
  base_.root.place = root.place;
  base_.stage = stage.table;
  for (const DimensionNode& node : sweep.dimensions) add_dimension(node);
  std::uint64_t stride = 1;
  for (std::size_t d = dimensions_.size(), k = sweep.dimensions.size(); k-- > 0;) {
    if (!stride_[k]) continue;
    stride_[k] = stride;
    stride = std::min(stride * dimensions_[--d].labels.size(), most_points + 1);
  }
  for (std::size_t a = 0; a < sweep.axes.size(); ++a)
    if (speaking_[a]) put_order_.push_back(a);
  // An axis `estimator` makes the table that `estimator.baseline` changes.
  std::stable_sort(put_order_.begin(), put_order_.end(), [&](std::size_t a, std::size_t b) {
    return sweep.axes[a].path.size() < sweep.axes[b].path.size();
  });
}

/// The points that differ in the axes that the stage knows, in the order that they first appear.
void Grid::add_dimension(const DimensionNode& node) {
  std::vector<std::size_t> known;
  for (std::size_t a = 0; a < node.axes.size(); ++a)
    if (speaking_[node.axes[a]]) known.push_back(a);
  stride_.push_back(known.empty() ? 0 : 1);
  std::vector<std::uint64_t>& places = projected_.emplace_back(node.points.size(), 0);
  if (known.empty()) return;
  Dimension dimension{node.axes.size() == 1 ? sweep_.axes[node.axes[0]].name : node.name, {}, {}};
  for (const std::size_t a : known) dimension.axes.push_back({sweep_.axes[node.axes[a]].name, {}});
  std::map<std::vector<std::size_t>, std::uint64_t> seen;
  for (std::size_t k = 0; k < node.points.size(); ++k) {
    std::vector<std::size_t> point;
    for (const std::size_t a : known) point.push_back(node.points[k][a]);
    const auto [at, is_new] = seen.emplace(point, seen.size());
    places[k] = at->second;
    if (!is_new) continue;
    std::vector<Coordinate> coordinates;
    for (std::size_t i = 0; i < known.size(); ++i) {
      const AxisNode& axis = sweep_.axes[node.axes[known[i]]];
      const bool is_set = point[i] != DimensionNode::unset;
      dimension.axes[i].labels.push_back(is_set ? axis.labels[point[i]] : "");
      if (is_set) coordinates.push_back({axis.name, axis.labels[point[i]]});
    }
    dimension.labels.push_back(node.axes.size() == 1 ? coordinates[0].label
                                                     : label_of(coordinates));
  }
  dimensions_.push_back(std::move(dimension));
}

std::vector<Axis> Grid::axes() const {
  std::vector<Axis> axes;
  for (std::size_t a = 0; a < sweep_.axes.size(); ++a)
    if (speaking_[a]) axes.push_back({sweep_.axes[a].name, sweep_.axes[a].labels});
  return axes;
}

bool Grid::too_many() const {
  std::uint64_t points = 1;
  for (std::size_t d = 0; d < sweep_.dimensions.size(); ++d)
    if (stride_[d] || !sweep_.when.empty())
      points = std::min(points * sweep_.dimensions[d].points.size(), most_points + 1);
  return points > most_points;
}

std::vector<GridPoint> Grid::points() const {
  std::map<std::uint64_t, std::vector<std::size_t>> kept;
  const std::size_t count = sweep_.dimensions.size();
  std::vector<std::size_t> at(count, 0), values(sweep_.axes.size(), DimensionNode::unset);
  for (bool more = true; more;) {
    std::uint64_t index = 0;
    for (std::size_t d = 0; d < count; ++d) {
      const DimensionNode& node = sweep_.dimensions[d];
      if (node.points.empty()) return {};
      index += stride_[d] * projected_[d][at[d]];
      for (std::size_t a = 0; a < node.axes.size(); ++a)
        values[node.axes[a]] = node.points[at[d]][a];
    }
    if (!kept.contains(index) && keeps(values)) kept.emplace(index, values);
    more = false;
    for (std::size_t d = count; d-- > 0 && !more;) {
      if (!stride_[d] && sweep_.when.empty()) continue;  // cannot matter
      more = ++at[d] < sweep_.dimensions[d].points.size();
      if (!more) at[d] = 0;
    }
  }
  std::vector<GridPoint> points;
  for (auto& [index, point] : kept) points.push_back({index, std::move(point)});
  return points;
}

bool Grid::keeps(const std::vector<std::size_t>& values) const {
  const auto label_of = [&](const std::string& name) -> std::optional<std::string> {
    for (std::size_t a = 0; a < values.size(); ++a)
      if (sweep_.axes[a].name == name && values[a] != DimensionNode::unset)
        return sweep_.axes[a].labels[values[a]];
    return std::nullopt;
  };
  return std::ranges::all_of(
      sweep_.when, [&](const ConditionNode& when) { return when.condition.holds(label_of); });
}

std::vector<Coordinate> Grid::coordinates(const GridPoint& point) const {
  std::vector<Coordinate> coordinates;
  for (std::size_t a = 0; a < sweep_.axes.size(); ++a)
    if (speaking_[a] && point.values[a] != DimensionNode::unset)
      coordinates.push_back({sweep_.axes[a].name, sweep_.axes[a].labels[point.values[a]]});
  return coordinates;
}

Tree Grid::tree(const GridPoint& point) const {
  Tree tree = base_;
  for (const std::size_t a : put_order_)
    if (point.values[a] != DimensionNode::unset)
      put(tree, sweep_.axes[a].path, sweep_.axes[a].place, sweep_.axes[a].values[point.values[a]],
          stage_.kind);
  return tree;
}

}  // namespace seedbed
