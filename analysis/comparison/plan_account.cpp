#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/comparison/plan.hpp"
#include "analysis/report/number.hpp"
#include "analysis/report/row.hpp"

namespace seedbed::comparison {

namespace {

using analysis::Entry;
using Count = std::optional<std::size_t>;
using PlanJson = nlohmann::ordered_json;

constexpr std::size_t most = 1'000'000;

Entry entry_of(const PlanRow& row, const Count& count) {
  if (std::isnan(row.spread)) return {"-", ""};
  if (!count) return {"> 1e6", ""};
  return {std::to_string(*count), std::to_string(*count)};
}

std::string share(double x) {
  return fmt::format("{:g} %", 100 * x);
}

/// "10 %", "0.5 reward"
std::string effect_text(const StagePlan& plan) {
  if (!plan.effect.absolute) return share(plan.effect.relative);
  return analysis::rounded(*plan.effect.absolute) +
         (plan.metric.units == "1" ? "" : " " + plan.metric.units);
}

std::string count_text(const Count& count) {
  return count ? std::to_string(*count) : "more than a million";
}

/// The row that needs most by this count; null when no row has a plan.
const PlanRow* noisiest(const StagePlan& plan, Count PlanRow::*count) {
  const PlanRow* worst = nullptr;
  for (const PlanRow& row : plan.rows)
    if (!std::isnan(row.spread) &&
        (!worst || (row.*count).value_or(most + 1) > (worst->*count).value_or(most + 1)))
      worst = &row;
  return worst;
}

PlanJson json_count(const Count& count) {
  return count ? PlanJson(*count) : PlanJson();
}

PlanJson json_real(double x) {
  return std::isfinite(x) ? PlanJson(x) : PlanJson();
}

PlanJson json_row(const PlanRow& row) {
  return {{"a", row.a},
          {"b", row.b},
          {"paired", row.is_paired},
          {"have", row.have},
          {"broken", row.broken},
          {"effect", json_real(row.effect)},
          {"spread", json_real(row.spread)},
          {"need", json_count(row.need)},
          {"need_lower", json_count(row.need_least)},
          {"need_upper", json_count(row.need_most)},
          {"need_corrected", json_count(row.need_corrected)},
          {"power_now", json_real(row.power_now)}};
}

bool all_against_one(const StagePlan& plan) {
  return std::ranges::all_of(plan.rows, [&](const PlanRow& r) { return r.a == plan.rows[0].a; });
}

void add_plan_notes(const StagePlan& plan, analysis::Table& table) {
  const bool is_lone = plan.rows[0].b.empty();
  table.notes.push_back(
      is_lone ? "Against a cell of the same spread, on noise of its own: two-sided t test."
      : plan.rows[0].is_paired ? "Paired: replicates of both cells share noise; two-sided t test "
                                 "of their differences."
                               : "Independent replicates; two-sided t test.");
  table.notes.push_back(
      fmt::format("Spread: of the difference of two replicates{}. From, to: its 95 % interval, as "
                  "replicates. Holm: at {:g} over {} comparisons, the most that the correction "
                  "takes.",
                  plan.metric.is_ratio ? ", as a logarithm" : "", plan.alpha, plan.rows.size()));
  if (std::ranges::any_of(plan.rows, [](const PlanRow& row) { return row.broken > 0; }))
    table.notes.push_back("Broken: replicates that ended non-finite; a t test says nothing there.");
}

std::string no_plan(const StagePlan& plan) {
  if (std::ranges::all_of(plan.rows, [](const PlanRow& each) { return each.broken > 0; }))
    return "No plan: some replicates ended non-finite in every comparison. Hold the cells against "
           "one without such (--reference TEXT), or compare by rank.";
  return "No plan: it takes two replicates in each cell, some spread between them and an effect "
         "above 0.";
}

}  // namespace

analysis::Table table_of(const StagePlan& plan) {
  analysis::Table table;
  table.title = plan.stage + ": replicates to find " + effect_text(plan) + " in " +
                described(plan.metric, plan.kind);
  if (all_against_one(plan) && !plan.rows[0].b.empty()) table.title += "; A is " + plan.rows[0].a;
  if (!all_against_one(plan)) table.header.push_back("A");
  for (const auto& [axis, label] : plan.rows[0].coordinates) table.header.push_back(axis);
  const bool any_broken =
      std::ranges::any_of(plan.rows, [](const PlanRow& row) { return row.broken > 0; });
  table.header.insert(table.header.end(),
                      {"effect", "spread", "have", "power now", "need", "from", "to", "Holm"});
  if (any_broken) table.header.push_back("broken");
  for (const PlanRow& row : plan.rows) {
    auto& entries = table.rows.emplace_back();
    if (!all_against_one(plan)) entries.push_back(analysis::word(row.a));
    for (const auto& [axis, label] : row.coordinates) entries.push_back(analysis::word(label));
    entries.push_back(analysis::number(row.effect, 3));
    entries.push_back(analysis::number(row.spread, 3));
    entries.push_back({std::to_string(row.have), std::to_string(row.have)});
    entries.push_back(analysis::share(row.power_now));
    for (const Count& count : {row.need, row.need_least, row.need_most, row.need_corrected})
      entries.push_back(entry_of(row, count));
    if (any_broken) entries.push_back({std::to_string(row.broken), std::to_string(row.broken)});
  }
  add_plan_notes(plan, table);
  return table;
}

std::string verdict(const StagePlan& plan) {
  const PlanRow* row = noisiest(plan, &PlanRow::need);
  if (!row) return no_plan(plan);
  std::size_t have = row->have;
  for (const PlanRow& each : plan.rows) have = std::min(have, each.have);
  std::string text = fmt::format("To detect {} at {} you need {} replicates", effect_text(plan),
                                 share(plan.power), count_text(row->need));
  if (plan.rows.size() > 1) {
    text += fmt::format(" in the noisiest of {} comparisons ({})", plan.rows.size(), row->b);
    const PlanRow* corrected = noisiest(plan, &PlanRow::need_corrected);
    text += ", " + count_text(corrected->need_corrected) + " with Holm's correction";
  }
  text += fmt::format("; you have {}.", have);
  if (row->need && *row->need > have)
    text += fmt::format(" (From {} replicates the need is known to lie between {} and {}.)",
                        row->have, count_text(row->need_least), count_text(row->need_most));
  return text;
}

std::string json_of(const std::vector<StagePlan>& plans, const ResultsFile& file) {
  PlanJson json{{"title", file.title()}, {"suite_hash", file.suite_hash()}};
  json["stages"] = PlanJson::array();
  for (const StagePlan& plan : plans) {
    PlanJson rows = PlanJson::array();
    for (const PlanRow& row : plan.rows) rows.push_back(json_row(row));
    json["stages"].push_back({{"stage", plan.stage},
                              {"metric", plan.metric.name},
                              {"units", plan.metric.units},
                              {"ratio", plan.metric.is_ratio},
                              {"power", plan.power},
                              {"alpha", plan.alpha},
                              {"verdict", verdict(plan)},
                              {"rows", rows}});
  }
  return json.dump(2, ' ', false, PlanJson::error_handler_t::replace) + "\n";
}

}  // namespace seedbed::comparison
