#include "analysis/comparison/matching.hpp"

#include <algorithm>
#include <map>
#include <seedbed/error.hpp>

namespace seedbed::comparison {

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

std::vector<std::string> labels_of(const StageSample& sample) {
  std::vector<std::string> labels;
  for (const Group& group : sample.groups) labels.push_back(group.label());
  return labels;
}

std::vector<std::string> names_of(const ResultsFile& file) {
  std::vector<std::string> names;
  for (const analysis::Stage& stage : file.stages()) names.push_back(stage.name);
  return names;
}

/// By axis, so that the order of axes does not matter.
using Place = std::map<std::string, std::string>;
Place place_of(const Group& group) {
  return {group.coordinates.begin(), group.coordinates.end()};
}

const Group* counterpart(const Group& group, const StageSample& other) {
  for (const Group& each : other.groups)
    if (place_of(each) == place_of(group)) return &each;
  return nullptr;
}

/// Cells that match; those that do not, as notes.
MatchedStage matched(const StageSample& a, const StageSample& b, bool shared) {
  MatchedStage stage{a.stage, a.kind, a.metric, shared, {}, {}};
  std::vector<std::string> only_a, only_b;
  for (const Group& each : a.groups)
    if (const Group* other = counterpart(each, b))
      stage.pairs.emplace_back(each, *other);
    else
      only_a.push_back(each.label());
  for (const Group& each : b.groups)
    if (!counterpart(each, a)) only_b.push_back(each.label());
  if (stage.pairs.empty() && (a.groups.size() == 1 || b.groups.size() == 1)) {
    for (const Group& x : a.groups)
      for (const Group& y : b.groups) stage.pairs.emplace_back(x, y);
    return stage;
  }
  if (!only_a.empty()) stage.notes.push_back("Only in A: " + listed(only_a) + ".");
  if (!only_b.empty()) stage.notes.push_back("Only in B: " + listed(only_b) + ".");
  return stage;
}

const analysis::Stage* stage_of(const ResultsFile& file, const std::string& name) {
  for (const analysis::Stage& stage : file.stages())
    if (stage.name == name) return &stage;
  return nullptr;
}

void expect_stage(const ResultsFile& file, const std::string& name) {
  if (!name.empty() && !stage_of(file, name))
    throw Error("--stage: expected one of " + listed(names_of(file)) + ", got '" + name + "'");
}

std::optional<StageSample> sample_of(const ResultsFile& file, const analysis::Stage& stage,
                                     const ComparisonSettings& settings) {
  return settings.reach ? file.reach(stage, *settings.reach) : file.sample(stage, settings.metric);
}

[[noreturn]] void refuse_metric(const ResultsFile& file, const ComparisonSettings& settings) {
  std::string known;
  for (const analysis::Stage& stage : file.stages())
    known += "\n  " + stage.name + ": " + listed(file.metrics(stage));
  throw Error("--metric: expected one of the names below, got '" + settings.metric + "'" + known);
}

[[noreturn]] void refuse_reach() {
  throw Error("--reach: expected a learn stage with returns and environment steps, got none");
}

void expect_same_unit(const StageSample& a, const StageSample& b) {
  if (a.metric.units == b.metric.units) return;
  throw Error(a.stage + ": " + a.metric.name + ": expected the same unit on both sides, got " +
              a.metric.units + " in A and " + b.metric.units + " in B");
}

/// The cell that others are held against; null when no name has this part.
const Group* reference_of(const StageSample& sample, const std::string& part) {
  for (const Group& group : sample.groups)
    if (group.label().find(part) != std::string::npos) return &group;
  return nullptr;
}

/// Without the estimator of a gradient stage: where it was measured.
Place cell_of(const Group& group, const std::string& kind) {
  Place place = place_of(group);
  if (kind == "gradient") place.erase("estimator");
  return place;
}

/// Every cell against that; estimators of a gradient stage, which are measured on one batch,
/// against the one in their cell.
MatchedStage against_reference(const StageSample& sample, const std::string& part) {
  MatchedStage made{sample.stage, sample.kind, sample.metric, false, {}, {}};
  for (const Group& group : sample.groups) {
    StageSample beside = sample;
    if (sample.kind == "gradient")
      std::erase_if(beside.groups, [&](const Group& each) {
        return cell_of(each, sample.kind) != cell_of(group, sample.kind);
      });
    const Group* reference = reference_of(beside, part);
    if (reference && reference->label() != group.label())
      made.pairs.emplace_back(*reference, group);
  }
  return made;
}

MatchedStage restricted(MatchedStage stage) {
  restrict_steps(stage);
  return stage;
}

}  // namespace

std::vector<MatchedStage> matched_between(const ResultsFile& a, const ResultsFile& b,
                                          const ComparisonSettings& settings) {
  expect_stage(a, settings.stage);
  std::vector<MatchedStage> all;
  std::string reasons;
  for (const analysis::Stage& stage : a.stages()) {
    const analysis::Stage* other = stage_of(b, stage.name);
    if ((!settings.stage.empty() && stage.name != settings.stage) || !other) continue;
    if (other->kind != stage.kind) {
      reasons += "\n  " + stage.name + ": " + stage.kind + " in A, " + other->kind + " in B";
      continue;
    }
    const auto x = sample_of(a, stage, settings), y = sample_of(b, *other, settings);
    if (!x || !y) continue;
    expect_same_unit(*x, *y);
    MatchedStage made = matched(*x, *y, a.shares_noise_with(b) && x->place == y->place);
    if (made.pairs.empty())
      reasons += "\n  " + stage.name + ": A has " + listed(labels_of(*x)) + "; B has " +
                 listed(labels_of(*y));
    else
      all.push_back(restricted(std::move(made)));
  }
  if (all.empty() && reasons.empty() && settings.reach) refuse_reach();
  if (all.empty() && reasons.empty() && !settings.metric.empty()) refuse_metric(a, settings);
  if (all.empty())
    throw Error("expected cells that both results have, got none: stages of A are " +
                listed(names_of(a)) + ", of B " + listed(names_of(b)) + reasons);
  return all;
}

std::vector<MatchedStage> matched_within(const ResultsFile& file,
                                         const ComparisonSettings& settings) {
  expect_stage(file, settings.stage);
  std::vector<MatchedStage> all;
  std::string labels;
  for (const analysis::Stage& stage : file.stages()) {
    if (!settings.stage.empty() && stage.name != settings.stage) continue;
    const auto sample = sample_of(file, stage, settings);
    if (!sample || sample->groups.empty()) continue;
    MatchedStage made = against_reference(*sample, settings.reference);
    made.on_common_noise = file.has_common_noise() || stage.kind == "gradient";
    if (made.pairs.empty() && !reference_of(*sample, settings.reference)) {
      labels += "\n  " + stage.name + ": " + listed(labels_of(*sample));
      continue;
    }
    if (made.pairs.empty()) {
      made.on_common_noise = false;
      made.pairs.emplace_back(sample->groups[0], sample->groups[0]);
    }
    all.push_back(restricted(std::move(made)));
  }
  if (all.empty() && !labels.empty())
    throw Error("--reference: expected part of a cell's name, got '" + settings.reference +
                "'; cells are" + labels);
  if (all.empty() && settings.reach) refuse_reach();
  if (all.empty() && !settings.metric.empty()) refuse_metric(file, settings);
  if (all.empty())
    throw Error("expected a stage with numbers of replicates, got " + listed(names_of(file)));
  return all;
}

}  // namespace seedbed::comparison
