#include "analysis/comparison/account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/comparison/sparkline.hpp"
#include "analysis/report/number.hpp"
#include "analysis/report/row.hpp"

namespace seedbed::comparison {

namespace {

using analysis::Entry;
using analysis::exact;
using analysis::word;
using statistics::Estimate;

bool any_broken(const StageComparison& stage) {
  return std::ranges::any_of(stage.rows, [](const Row& r) { return r.a.broken + r.b.broken > 0; });
}

bool is_reach(const StageComparison& stage) {
  return !std::isnan(stage.horizon);
}

bool has_one_reference(const StageComparison& stage) {
  return std::ranges::all_of(stage.rows,
                             [&](const Row& r) { return r.a.label == stage.rows[0].a.label; });
}

/// To the decimals that the interval allows.
void add_estimate(const Estimate& x, std::vector<Entry>& row) {
  const double half = (x.upper - x.lower) / 2;
  for (const double each : {x.value, x.lower, x.upper})
    row.push_back({std::isnan(each) ? "-" : analysis::rounded_mean(each, half).mean, exact(each)});
}

Entry probability(double p) {
  if (std::isnan(p)) return {"-", ""};
  return {p < 1e-4 ? "< 1e-4" : analysis::rounded(p, 2), exact(p)};
}

/// Whether each row has to say which cell A is.
bool shows_reference(const StageComparison& stage) {
  return !has_one_reference(stage) &&
         std::ranges::any_of(stage.rows, [](const Row& r) { return r.a.label != r.b.label; });
}

void add_side(const Side& side, const Metric& metric, std::vector<Entry>& row) {
  if (metric.is_ratio) {
    row.push_back(analysis::number(side.mean.value));
    return;
  }
  analysis::add_mean(side.mean.value, (side.mean.upper - side.mean.lower) / 2, row);
}

std::string percent(double level) {
  return fmt::format("{:g} %", 100 * level);
}

std::vector<std::string> header_of(const StageComparison& stage) {
  std::vector<std::string> header;
  if (shows_reference(stage)) header.push_back("A");
  for (const auto& [axis, label] : stage.rows[0].coordinates) header.push_back(axis);
  const std::string half = "± " + percent(stage.level);
  for (const char* side : {"A", "B"}) {
    header.push_back(std::string("mean ") + side);
    if (!stage.metric.is_ratio) header.push_back(half);
    if (is_reach(stage))
      for (const char* what : {"median ", "reached "}) header.push_back(what + std::string(side));
    header.push_back(std::string("n ") + side);
    if (any_broken(stage)) header.push_back(std::string("broken ") + side);
  }
  header.insert(header.end(),
                {stage.metric.is_ratio ? "B / A" : "B - A", "from", "to", "p",
                 stage.metric.better == Better::lower ? "P(B < A)" : "P(B > A)", "from", "to"});
  return header;
}

void add_notes(const StageComparison& stage, analysis::Table& table) {
  const bool is_paired = std::ranges::any_of(stage.rows, &Row::is_paired);
  table.notes = stage.notes;
  table.notes.push_back(
      is_paired ? "Paired: replicate r of A and of B have the same noise; Student's t of their "
                  "differences."
                : "Independent replicates; Welch's t.");
  table.notes.back() += " Intervals: " + percent(stage.level) +
                        "; p: after Holm's correction for " + std::to_string(stage.rows.size()) +
                        " comparison" + (stage.rows.size() == 1 ? "" : "s") +
                        "; P: bootstrap of replicates.";
  if (stage.metric.is_ratio)
    table.notes.push_back("Geometric means: differences are of logarithms.");
  if (is_reach(stage))
    table.notes.push_back(fmt::format(
        "Mean: of steps up to {:g}, with which counts who never gets there or diverges. Median: by "
        "Kaplan and Meier; reached: replicates.",
        stage.horizon));
  if (any_broken(stage))
    table.notes.push_back(
        "Broken: replicates that ended non-finite. A mean of the others would flatter, so there is "
        "none; p is then of ranks, with those last.");
  std::size_t missing = 0;
  for (const Row& row : stage.rows) missing += row.a.missing + row.b.missing;
  if (missing > 0)
    table.notes.push_back(fmt::format("{} runs of these cells are missing.", missing));
}

}  // namespace

analysis::Table table_of(const StageComparison& stage, const Names& names) {
  analysis::Table table;
  table.title = stage.stage + ": " + described(stage.metric, stage.kind);
  if (names.a.empty() && has_one_reference(stage)) table.title += "; A is " + stage.rows[0].a.label;
  table.header = header_of(stage);
  for (const Row& row : stage.rows) {
    auto& entries = table.rows.emplace_back();
    if (shows_reference(stage)) entries.push_back(word(row.a.label));
    for (const auto& [axis, label] : row.coordinates) entries.push_back(word(label));
    for (const Side* side : {&row.a, &row.b}) {
      add_side(*side, stage.metric, entries);
      if (is_reach(stage)) {
        entries.push_back(analysis::number(side->median_steps.value));
        entries.push_back({std::to_string(side->reached), std::to_string(side->reached)});
      }
      entries.push_back({std::to_string(side->n), std::to_string(side->n)});
      if (any_broken(stage))
        entries.push_back({std::to_string(side->broken), std::to_string(side->broken)});
    }
    add_estimate(row.difference.estimate, entries);
    entries.push_back(probability(row.p_holm));
    for (const double x : {row.improvement.value, row.improvement.lower, row.improvement.upper})
      entries.push_back(analysis::number(x, 2));
  }
  add_notes(stage, table);
  return table;
}

std::string sparklines(const StageComparison& stage, std::size_t columns) {
  std::vector<const std::vector<double>*> curves;
  std::size_t label_width = 0;
  for (const Row& row : stage.rows) {
    curves.insert(curves.end(), {&row.a.curve, &row.b.curve});
    label_width = std::max(label_width, analysis::width(row.b.label));
  }
  const std::size_t used = label_width + 8;  // "  A … B …"
  const bool any = std::ranges::any_of(curves, [](const auto* curve) { return curve->size() > 1; });
  if (!any || columns < used + 16) return "";
  const std::size_t each = std::min<std::size_t>((columns - used) / 2, 40);
  const Span span = span_of(curves);
  std::string text = fmt::format("Median curves, from {} to {}:\n", analysis::rounded(span.low),
                                 analysis::rounded(span.high));
  for (const Row& row : stage.rows) {
    text += row.b.label + std::string(label_width - analysis::width(row.b.label), ' ');
    text += (label_width ? "  A " : "A ") + sparkline(row.a.curve, each, span) + "  B " +
            sparkline(row.b.curve, each, span) + "\n";
  }
  return text;
}

}  // namespace seedbed::comparison
