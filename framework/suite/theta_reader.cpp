#include "suite/theta_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/checkpoint.hpp"
#include "suite/table_reader.hpp"

namespace seedbed {
namespace {

bool is_word(const Node& node) {
  return node.is(Node::Type::string) && (node.text == "first" || node.text == "last");
}

bool is_checkpoint(const Node& node) {
  return is_word(node) || (node.is(Node::Type::integer) && node.integer >= 0);
}

void read_source(const Node& theta, const std::string& stage, ThetaNode& read,
                 Diagnostics& diagnostics) {
  TableReader table(theta, fmt::format("'theta' of stage '{}'", stage), diagnostics);
  read.is_of_stage = table.require("stage");
  read.checkpoint = table.get("checkpoint");
  if (read.checkpoint) read.place = read.checkpoint->place;
  if (read.checkpoint && !is_checkpoint(*read.checkpoint))
    table.refuse("checkpoint", *read.checkpoint,
                 "\"first\", \"last\", a number of updates or a list of them");
  table.finish();
}

std::uint64_t updates_of(const Node* checkpoint, const Configuration& source) {
  if (!checkpoint || checkpoint->text == "last") return source.iterations;
  return checkpoint->text == "first" ? 0 : static_cast<std::uint64_t>(checkpoint->integer);
}

}  // namespace

ThetaNode read_theta(const Node& theta, const std::string& stage, Diagnostics& diagnostics) {
  ThetaNode read;
  read.place = theta.place;
  const auto refuse = [&](const Node& node, const char* expected) {
    diagnostics.add(node.place, fmt::format("'theta' of stage '{}': expected {}, got {}", stage,
                                            expected, shown(node)));
  };
  if (theta.is(Node::Type::table)) {
    read_source(theta, stage, read, diagnostics);
    return read;
  }
  if (theta.is(Node::Type::string) && theta.text == "initial") return read;
  if (!theta.is(Node::Type::array) || theta.items.empty())
    refuse(theta, "an array of reals, \"initial\" or { stage, checkpoint }");
  for (const Node& node : theta.items) {
    const bool number = node.is(Node::Type::integer) || node.is(Node::Type::real);
    if (!number || !std::isfinite(node.real)) refuse(node, "an array of reals");
    read.given.push_back(node.real);
  }
  return read;
}

std::vector<Node> checkpoints_of(const StageNode& stage) {
  const Node* theta = stage.table.find("theta");
  const Node* checkpoint = theta ? theta->find("checkpoint") : nullptr;
  return checkpoint && checkpoint->is(Node::Type::array) ? checkpoint->items : std::vector<Node>();
}

ThetaCells::ThetaCells(const Stage& source) : source_(source) {
  for (std::size_t c = 0; c < source.cells.size(); ++c) places_.emplace(key_of(source.cells[c]), c);
}

/// The coordinates on the axes of the source, as text.
std::vector<std::string> ThetaCells::key_of(const Cell& cell) const {
  std::vector<std::string> key;
  for (const Coordinate& at : cell.coordinates)
    if (std::ranges::find(source_.axes, at.axis, &Axis::name) != source_.axes.end())
      key.push_back(at.axis + "=" + at.label);
  std::ranges::sort(key);
  return key;
}

void ThetaCells::connect(const ThetaNode& theta, Cell& cell, Diagnostics& diagnostics) const {
  const auto found = places_.find(key_of(cell));
  if (found == places_.end()) {
    if (diagnostics.count() > 0) return;  // perhaps it could not be read
    diagnostics.add(theta.place, fmt::format("'theta': expected a cell of stage '{}' with the "
                                             "coordinates of '{}', got none",
                                             source_.name, cell.name));
    return;
  }
  cell.theta_cell = found->second;
  const Cell& source = source_.cells[found->second];
  const std::uint64_t updates = updates_of(theta.checkpoint, source.configuration);
  cell.configuration.theta_from = {source_.name, updates};
  if (!keeps_checkpoint(source.configuration, updates))
    diagnostics.add(theta.place,
                    fmt::format("'theta': expected a checkpoint that stage '{}' keeps, got {}",
                                source_.name, updates),
                    fmt::format("the nearest that it keeps is {}; [record] checkpoints says which",
                                nearest_checkpoint(source.configuration, updates)));
  if (cell.parameters != source.parameters)
    diagnostics.add(theta.place,
                    fmt::format("'theta': expected a policy with as many parameters as that of "
                                "stage '{}', {}, got {}",
                                source_.name, source.parameters, cell.parameters));
}

}  // namespace seedbed
