#include "suite/cell_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

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

/// How much of what the kind of stage does: updates, batches.
void read_work(TableReader& stage, Configuration& cell) {
  switch (cell.kind) {
    case StageKind::learn:
      cell.iterations = stage.require_count("iterations");
      cell.divergence = stage.real("divergence", cell.divergence, 0.0, 1e300);
      return;
    case StageKind::gradient:
      cell.iterations = stage.require_count("batches");
      read_measurement(stage, cell);
      return;
    case StageKind::evaluate:
      cell.iterations = 1;
      cell.block = stage.count("block", 0);
      return;
    case StageKind::report:
      return;
  }
}

/// Whole lanes, and about a million steps: some tens of MiB of an environment of a few numbers.
std::uint64_t customary_block(std::uint64_t horizon) {
  constexpr std::uint64_t steps = std::uint64_t{1} << 20, lanes = SEEDBED_LANES;
  return std::max<std::uint64_t>(1, steps / std::max<std::uint64_t>(horizon, 1) / lanes) * lanes;
}

}  // namespace

std::optional<CellReading> CellReader::read(const Tree& tree, const StageNode& stage) {
  const std::size_t before = diagnostics_.count();
  ThetaNode theta;
  if (const Node* node = tree.stage.find("theta"))
    theta = read_theta(*node, stage.name, diagnostics_);
  Cast cast = read_cast(tree, stage);
  cast.theta = theta.given;
  cast.theta_place = theta.place;
  Configuration cell;
  cell.kind = stage.kind;
  cell.record = read_record(tree.root);
  TableReader table(tree.stage, fmt::format("stage '{}'", stage.name), diagnostics_);
  for (const std::string& key : stage_keys(stage.kind)) table.get(key);
  if (stage.kind == StageKind::evaluate) table.require("theta");
  read_work(table, cell);
  table.finish();
  rehearsal_.run(cast);
  if (!cast.sound || diagnostics_.count() != before) return std::nullopt;
  cell.episodes = cast.episodes;
  cell.antithetic = cast.antithetic;
  cell.objective = cast.objective;
  cell.environment = cast.environment->setting;
  cell.policy = cast.policy->setting;
  for (const auto& estimator : cast.estimators) cell.estimators.push_back(estimator->setting);
  if (cast.optimizer) cell.optimizer = cast.optimizer->setting;
  cell.theta = cast.theta;
  if (cell.kind == StageKind::evaluate && !cell.block)
    cell.block = customary_block(cell.objective.horizon);
  return CellReading{std::move(cell), cast.parameters, std::move(theta)};
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
  if (stage.kind != StageKind::evaluate) read_estimators(tree, stage, cast);
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

Record CellReader::read_record(const Node& root) {
  Record record;
  const Node* node = root.find("record");
  if (!node) return record;
  TableReader table(*node, "[record]", diagnostics_);
  record.trajectories = read_every(table, "trajectories", record.trajectories, nullptr);
  record.gradients = read_every(table, "gradients", record.gradients, &record.contributions);
  record.checkpoints = read_every(table, "checkpoints", record.checkpoints, nullptr);
  if (const Node* kept = table.get("checkpoints"); kept && kept->text == "none")
    table.refuse("checkpoints", *kept, "\"all\" or { every = k }");
  record.kl = table.boolean("kl", record.kl);
  record.gzip = read_compression(table);
  table.finish();
  return record;
}

bool CellReader::read_compression(TableReader& record) {
  const Node* node = record.get("compression");
  if (!node || node->text == "none") return false;
  if (node->text != "gzip") record.refuse("compression", *node, "\"none\" or \"gzip\"");
  return true;
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
