#include "suite/sweep_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "suite/label.hpp"

namespace seedbed {
namespace {

using Type = Node::Type;

/// Index of a value among those of an axis: what is written alike is one value.
std::size_t value_of(AxisNode& axis, const Node& node) {
  const std::string text = compact(node);
  for (std::size_t i = 0; i < axis.values.size(); ++i)
    if (axis.values[i].type == node.type && compact(axis.values[i]) == text) return i;
  axis.values.push_back(node);
  return axis.values.size() - 1;
}

/// [[sweep.zip]] is an array of tables, [sweep.zip] one table.
std::vector<Node> tables_of(const Node& node) {
  return node.is(Type::array) ? node.items : std::vector{node};
}

}  // namespace

void SweepReader::read(const Node& sweep) {
  std::vector<Entry> entries;
  for (const Member& member : sweep.members)
    if (member.key == "zip" || member.key == "list")
      entries.push_back({member.key, &member});
    else if (member.key != "when")
      flatten(member, "", false, entries);
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.member->place.line, a.member->place.column) <
           std::pair(b.member->place.line, b.member->place.column);
  });
  for (const Entry& entry : entries)
    if (entry.name == "zip")
      read_zips(entry.member->value);
    else if (entry.name == "list")
      read_list(entry.member->value);
    else
      read_grid(entry);
}

void SweepReader::flatten(const Member& member, const std::string& prefix, bool plugins_are_values,
                          std::vector<Entry>& entries) {
  const std::string name = prefix + member.key;
  const bool is_path =
      member.value.is(Type::table) && !(plugins_are_values && member.value.find("plugin"));
  if (!is_path) return entries.push_back({name, &member});
  for (const Member& below : member.value.members)
    flatten(below, name + ".", plugins_are_values, entries);
}

std::vector<SweepReader::Entry> SweepReader::entries_of(const Node& table,
                                                        bool plugins_are_values) {
  std::vector<Entry> entries;
  for (const Member& member : table.members) flatten(member, "", plugins_are_values, entries);
  return entries;
}

void SweepReader::read_grid(const Entry& entry) {
  if (!is_array(entry)) return;
  const auto axis = add_axis(entry);
  if (!axis) return;
  sweep_.axes[*axis].values = entry.member->value.items;
  DimensionNode dimension{entry.name, {*axis}, {}};
  for (std::size_t k = 0; k < sweep_.axes[*axis].values.size(); ++k)
    dimension.points.push_back({k});
  sweep_.dimensions.push_back(std::move(dimension));
}

void SweepReader::read_zips(const Node& node) {
  for (const Node& table : tables_of(node)) {
    if (!table.is(Type::table) || table.members.empty()) {
      diagnostics_.add(table.place, "[sweep.zip]: expected axes of one length, got " +
                                        (table.is(Type::table) ? "none" : shown(table)));
      continue;
    }
    DimensionNode zip{name_of("zip"), {}, {}};
    for (const Entry& entry : entries_of(table, false)) read_zipped(entry, zip);
    add(std::move(zip), {table.place});
  }
}

void SweepReader::read_zipped(const Entry& entry, DimensionNode& zip) {
  if (!is_array(entry)) return;
  const std::vector<Node>& values = entry.member->value.items;
  if (!zip.axes.empty() && values.size() != zip.points.size()) {
    const AxisNode& first = sweep_.axes[zip.axes[0]];
    return refuse(entry.member->value.place, entry.name,
                  fmt::format("expected {} values, as many as axis '{}' on line {} has, got {}",
                              zip.points.size(), first.name, first.place.line, values.size()));
  }
  const auto axis = add_axis(entry);
  if (!axis) return;
  zip.points.resize(values.size());
  zip.axes.push_back(*axis);
  for (std::size_t k = 0; k < values.size(); ++k)
    zip.points[k].push_back(value_of(sweep_.axes[*axis], values[k]));
}

void SweepReader::read_list(const Node& node) {
  DimensionNode list{name_of("list"), {}, {}};
  std::vector<Place> places;
  if (!node.is(Type::array) || node.items.empty())
    diagnostics_.add(node.place, "[[sweep.list]]: expected tables, each a point, got " +
                                     (node.is(Type::array) ? "none" : shown(node)));
  for (const Node& point : node.items) {
    if (!point.is(Type::table) || point.members.empty()) {
      diagnostics_.add(point.place, "a point of [[sweep.list]]: expected keys with values, got " +
                                        (point.is(Type::table) ? "none" : shown(point)));
      continue;
    }
    list.points.emplace_back();
    places.push_back(point.place);
    for (const Entry& entry : entries_of(point, true)) read_listed(entry, list);
  }
  for (auto& point : list.points) point.resize(list.axes.size(), DimensionNode::unset);
  add(std::move(list), places);
}

void SweepReader::read_listed(const Entry& entry, DimensionNode& list) {
  const std::vector<std::string> path = parse_path(entry.name);
  std::size_t place = 0;
  while (place < list.axes.size() && sweep_.axes[list.axes[place]].path != path) ++place;
  if (place == list.axes.size()) {
    const auto axis = add_axis(entry);
    if (!axis) return;
    list.axes.push_back(*axis);
  }
  std::vector<std::size_t>& point = list.points.back();
  point.resize(list.axes.size(), DimensionNode::unset);
  if (point[place] != DimensionNode::unset)
    refuse(entry.member->place, entry.name, "it stands twice in this point");
  point[place] = value_of(sweep_.axes[list.axes[place]], entry.member->value);
}

/// Index of a new axis; nothing when its name is no path, or that of another.
std::optional<std::size_t> SweepReader::add_axis(const Entry& entry) {
  const Place& place = entry.member->place;
  AxisNode axis{entry.name, parse_path(entry.name), place, {}, {}};
  const auto same = std::ranges::find(sweep_.axes, axis.path, &AxisNode::path);
  if (axis.path.empty() || same != sweep_.axes.end()) {
    refuse(place, entry.name,
           axis.path.empty() ? "expected a dotted path of keys, such as \"optimizer.step\""
                             : fmt::format("it stands on line {} already", same->place.line));
    return std::nullopt;
  }
  sweep_.axes.push_back(std::move(axis));
  return sweep_.axes.size() - 1;
}

bool SweepReader::is_array(const Entry& entry) {
  const Node& node = entry.member->value;
  if (!node.is(Type::array))
    refuse(node.place, entry.name, "expected an array of values, got " + shown(node));
  else if (node.items.empty())
    refuse(node.place, entry.name, "expected values, got none");
  return node.is(Type::array) && !node.items.empty();
}

/// The first is "zip", the next "zip-2".
std::string SweepReader::name_of(const std::string& kind) const {
  const auto same = std::ranges::count_if(sweep_.dimensions, [&](const DimensionNode& other) {
    return other.name == kind || other.name.starts_with(kind + "-");
  });
  return same ? fmt::format("{}-{}", kind, same + 1) : kind;
}

/// `places`: of the points, or of all of them.
void SweepReader::add(DimensionNode dimension, const std::vector<Place>& places) {
  std::set<std::vector<std::size_t>> seen;
  for (std::size_t k = 0; k < dimension.points.size(); ++k)
    if (!seen.insert(dimension.points[k]).second)
      diagnostics_.add(places.at(std::min(k, places.size() - 1)),
                       fmt::format("'{}' of [sweep]: expected different points, got point {} twice",
                                   dimension.name, k + 1));
  if (!dimension.axes.empty()) sweep_.dimensions.push_back(std::move(dimension));
}

void SweepReader::refuse(const Place& place, const std::string& axis, const std::string& what) {
  diagnostics_.add(place, fmt::format("axis '{}' of [sweep]: {}", axis, what));
}

}  // namespace seedbed
