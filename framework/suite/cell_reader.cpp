#include "suite/cell_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

/// The default keeps the reference three times as exact as what is compared with it.
void read_measurement(TableReader& stage, Configuration& cell) {
  const Bounds bounds{0, Bounds().high};
  cell.reference_error = stage.real("reference_error", cell.reference_error, 0.0, 1.0);
  cell.reference_batches =
      stage.count("reference_batches", std::min(10 * cell.iterations, bounds.high), bounds);
  cell.sources = stage.count("sources", 0, bounds);
  if (const Node* node = stage.get("sources"); node && cell.sources == 1)
    stage.refuse("sources", *node, "0, or at least 2 trajectories");
}

}  // namespace

std::optional<Configuration> CellReader::read(const Tree& tree, const StageNode& stage) {
  const std::size_t before = diagnostics_.count();
  Cast cast = read_cast(tree, stage);
  Configuration cell;
  cell.record = read_record(tree.root);
  TableReader table(tree.stage, fmt::format("stage '{}'", stage.name), diagnostics_);
  for (const std::string& key : stage_keys(stage.kind)) table.get(key);
  cell.kind = stage.kind;
  cell.iterations = table.require_count(stage.kind == StageKind::learn ? "iterations" : "batches");
  cell.episodes = cast.episodes;
  cell.antithetic = cast.antithetic;
  if (stage.kind == StageKind::learn)
    cell.divergence = table.real("divergence", cell.divergence, 0.0, 1e300);
  else
    read_measurement(table, cell);
  table.finish();
  rehearsal_.run(cast);
  if (!cast.sound || diagnostics_.count() != before) return std::nullopt;
  cell.objective = cast.objective;
  cell.environment = cast.environment->setting;
  cell.policy = cast.policy->setting;
  for (const auto& estimator : cast.estimators) cell.estimators.push_back(estimator->setting);
  if (cast.optimizer) cell.optimizer = cast.optimizer->setting;
  cell.theta = cast.theta;
  return cell;
}

Cast CellReader::read_cast(const Tree& tree, const StageNode& stage) {
  Cast cast;
  TableReader root(tree.root, "the suite", diagnostics_);
  TableReader table(tree.stage, fmt::format("stage '{}'", stage.name), diagnostics_);
  if (const Node* node = root.require("environment"))
    cast.environment = settings_.read(SEEDBED_ENVIRONMENT, *node);
  if (const Node* node = root.require("policy"))
    cast.policy = settings_.read(SEEDBED_POLICY, *node);
  if (stage.kind == StageKind::learn)
    if (const Node* node = table.require("optimizer"))
      cast.optimizer = settings_.read(SEEDBED_OPTIMIZER, *node);
  cast.episodes = table.require_count("episodes");
  cast.antithetic = table.boolean("antithetic", false);
  const Node* episodes = tree.stage.find("episodes");
  if (cast.antithetic && episodes && cast.episodes % 2 != 0)
    table.refuse("episodes", *episodes, "an even number, for antithetic pairs");
  cast.stage_place = stage.place;
  cast.learns = stage.kind == StageKind::learn;
  read_objective(tree.root, cast);
  read_estimators(tree, stage, cast);
  read_theta(tree.stage.find("theta"), stage.name, cast);
  return cast;
}

void CellReader::read_objective(const Node& root, Cast& cast) {
  const Node* node = root.find("objective");
  cast.objective_place = node ? node->place : root.place;
  if (!node) return;
  TableReader table(*node, "[objective]", diagnostics_);
  cast.objective.horizon = table.count("horizon", 0);
  cast.objective.discount = table.real("discount", 1.0, 0.0, 1.0);
  table.finish();
}

void CellReader::read_estimators(const Tree& tree, const StageNode& stage, Cast& cast) {
  const Node* listed = tree.stage.find("estimators");
  if (stage.kind == StageKind::gradient && listed) {
    if (!listed->is(Node::Type::array) || listed->items.empty())
      diagnostics_.add(listed->place,
                       fmt::format("'estimators' of stage '{}': expected an array of estimators, "
                                   "got {}",
                                   stage.name, listed->items.empty() ? "none" : shown(*listed)));
    for (const Node& node : listed->items)
      cast.estimators.push_back(settings_.read(SEEDBED_ESTIMATOR, node));
    return;
  }
  const Node* node = tree.stage.find("estimator");
  if (!node) node = tree.root.find("estimator");
  if (node)
    cast.estimators.push_back(settings_.read(SEEDBED_ESTIMATOR, *node));
  else
    diagnostics_.add(
        stage.place,
        fmt::format("missing key 'estimator' of the suite or of stage '{}'", stage.name));
}

void CellReader::read_theta(const Node* theta, const std::string& stage, Cast& cast) {
  if (!theta) return;
  cast.theta_place = theta->place;
  const auto refuse = [&](const Node& node) {
    diagnostics_.add(node.place, fmt::format("'theta' of stage '{}': expected an array of reals, "
                                             "got {}",
                                             stage, shown(node)));
  };
  if (!theta->is(Node::Type::array) || theta->items.empty()) refuse(*theta);
  for (const Node& node : theta->items) {
    const bool number = node.is(Node::Type::integer) || node.is(Node::Type::real);
    if (!number || !std::isfinite(node.real)) refuse(node);
    cast.theta.push_back(node.real);
  }
}

Record CellReader::read_record(const Node& root) {
  Record record;
  const Node* node = root.find("record");
  if (!node) return record;
  TableReader table(*node, "[record]", diagnostics_);
  record.trajectories = read_every(table, "trajectories", record.trajectories, nullptr);
  record.gradients = read_every(table, "gradients", record.gradients, &record.contributions);
  table.finish();
  return record;
}

/// "none", "all", { every = k } and, where it is asked for, contributions.
std::uint64_t CellReader::read_every(TableReader& record, const std::string& key,
                                     std::uint64_t fallback, bool* contributions) {
  const Node* node = record.get(key);
  if (!node) return fallback;
  if (node->text == "none") return 0;
  if (node->text == "all") return 1;
  if (!node->is(Node::Type::table)) {
    record.refuse(key, *node, "\"none\", \"all\" or { every = k }");
    return fallback;
  }
  TableReader table(*node, fmt::format("'{}' of [record]", key), diagnostics_);
  const std::uint64_t every = table.count("every", 1);
  if (contributions) *contributions = table.boolean("contributions", false);
  table.finish();
  return every;
}

}  // namespace seedbed
