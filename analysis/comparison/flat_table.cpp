#include <cmath>

#include "analysis/comparison/account.hpp"
#include "analysis/report/row.hpp"

namespace seedbed::comparison {

namespace {

using analysis::Entry;
using analysis::number;
using analysis::word;

/// A column: its name, and what it has of a row.
struct Column {
  const char* name;
  Entry (*entry)(const StageComparison& stage, const Row& row);
};

Entry flat_count(std::size_t n) {
  return number(static_cast<double>(n));
}

Entry reached_by(const StageComparison& stage, const Side& side) {
  return std::isnan(stage.horizon) ? number(statistics::none) : flat_count(side.reached);
}

constexpr Column flat_columns[] = {
    {"stage", [](const StageComparison& stage, const Row&) { return word(stage.stage); }},
    {"metric", [](const StageComparison& stage, const Row&) { return word(stage.metric.name); }},
    {"units", [](const StageComparison& stage, const Row&) { return word(stage.metric.units); }},
    {"cell_a", [](const StageComparison&, const Row& row) { return word(row.a.label); }},
    {"cell_b", [](const StageComparison&, const Row& row) { return word(row.b.label); }},
    {"n_a", [](const StageComparison&, const Row& row) { return flat_count(row.a.n); }},
    {"n_b", [](const StageComparison&, const Row& row) { return flat_count(row.b.n); }},
    {"broken_a", [](const StageComparison&, const Row& row) { return flat_count(row.a.broken); }},
    {"broken_b", [](const StageComparison&, const Row& row) { return flat_count(row.b.broken); }},
    {"mean_a", [](const StageComparison&, const Row& row) { return number(row.a.mean.value); }},
    {"mean_b", [](const StageComparison&, const Row& row) { return number(row.b.mean.value); }},
    {"tolerance_lower_a",
     [](const StageComparison&, const Row& row) { return number(row.a.tolerance.lower); }},
    {"tolerance_upper_a",
     [](const StageComparison&, const Row& row) { return number(row.a.tolerance.upper); }},
    {"tolerance_lower_b",
     [](const StageComparison&, const Row& row) { return number(row.b.tolerance.lower); }},
    {"tolerance_upper_b",
     [](const StageComparison&, const Row& row) { return number(row.b.tolerance.upper); }},
    {"reached_a",
     [](const StageComparison& stage, const Row& row) { return reached_by(stage, row.a); }},
    {"reached_b",
     [](const StageComparison& stage, const Row& row) { return reached_by(stage, row.b); }},
    {"scale", [](const StageComparison& stage,
                 const Row&) { return word(stage.metric.is_ratio ? "ratio" : "difference"); }},
    {"value",
     [](const StageComparison&, const Row& row) { return number(row.difference.estimate.value); }},
    {"lower",
     [](const StageComparison&, const Row& row) { return number(row.difference.estimate.lower); }},
    {"upper",
     [](const StageComparison&, const Row& row) { return number(row.difference.estimate.upper); }},
    {"paired", [](const StageComparison&, const Row& row) { return flat_count(row.is_paired); }},
    {"by_rank", [](const StageComparison&, const Row& row) { return flat_count(row.is_by_rank); }},
    {"t", [](const StageComparison&, const Row& row) { return number(row.difference.t); }},
    {"df", [](const StageComparison&, const Row& row) { return number(row.difference.df); }},
    {"p", [](const StageComparison&, const Row& row) { return number(row.difference.p); }},
    {"p_holm", [](const StageComparison&, const Row& row) { return number(row.p_holm); }},
    {"improvement",
     [](const StageComparison&, const Row& row) { return number(row.improvement.value); }},
    {"improvement_lower",
     [](const StageComparison&, const Row& row) { return number(row.improvement.lower); }},
    {"improvement_upper",
     [](const StageComparison&, const Row& row) { return number(row.improvement.upper); }},
};

}  // namespace

analysis::Table flat_table(const std::vector<StageComparison>& stages) {
  analysis::Table table;
  for (const Column& column : flat_columns) table.header.push_back(column.name);
  for (const StageComparison& stage : stages)
    for (const Row& row : stage.rows) {
      auto& entries = table.rows.emplace_back();
      for (const Column& column : flat_columns) entries.push_back(column.entry(stage, row));
    }
  return table;
}

}  // namespace seedbed::comparison
