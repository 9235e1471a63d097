#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/comparison/account.hpp"
#include "analysis/report/row.hpp"

namespace seedbed::comparison {

namespace {

using Json = nlohmann::ordered_json;
using statistics::Estimate;

Json json_number(double x) {
  return std::isfinite(x) ? Json(x) : Json();
}

Json json_estimate(const Estimate& x) {
  return {{"value", json_number(x.value)},
          {"lower", json_number(x.lower)},
          {"upper", json_number(x.upper)}};
}

Json json_side(const Side& side, bool is_reach) {
  Json json{{"cell", side.label},
            {"replicates", side.n},
            {"broken", side.broken},
            {"missing", side.missing},
            {"mean", json_estimate(side.mean)},
            {"tolerance", json_estimate(side.tolerance)}};
  if (!is_reach) return json;
  json["reached"] = side.reached;
  json["median"] = json_estimate(side.median_steps);
  return json;
}

Json json_row(const Row& row, const Metric& metric, bool is_reach) {
  Json coordinates = Json::object();
  for (const auto& [axis, label] : row.coordinates) coordinates[axis] = label;
  return {{"coordinates", coordinates},
          {"a", json_side(row.a, is_reach)},
          {"b", json_side(row.b, is_reach)},
          {"paired", row.is_paired},
          {"by_rank", row.is_by_rank},
          {metric.is_ratio ? "ratio" : "difference", json_estimate(row.difference.estimate)},
          {"t", json_number(row.difference.t)},
          {"df", json_number(row.difference.df)},
          {"p", json_number(row.difference.p)},
          {"p_holm", json_number(row.p_holm)},
          {"detectable", json_number(row.detectable)},
          {"probability_of_improvement", json_estimate(row.improvement)}};
}

}  // namespace

std::string json_of(const std::vector<StageComparison>& stages, const Names& names,
                    const std::vector<ResultsFile>& files) {
  Json json;
  for (std::size_t i = 0; i < files.size(); ++i)
    json[i == 0 ? "a" : "b"] = {{"title", files[i].title()}, {"suite_hash", files[i].suite_hash()}};
  json["stages"] = Json::array();
  for (const StageComparison& stage : stages) {
    Json rows = Json::array();
    for (const Row& row : stage.rows)
      rows.push_back(json_row(row, stage.metric, std::isfinite(stage.horizon)));
    json["stages"].push_back({{"stage", stage.stage},
                              {"kind", stage.kind},
                              {"metric", stage.metric.name},
                              {"units", stage.metric.units},
                              {"level", stage.level},
                              {"horizon", json_number(stage.horizon)},
                              {"verdict", verdict(stage, names)},
                              {"notes", stage.notes},
                              {"rows", rows}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

analysis::Table flat_table(const std::vector<StageComparison>& stages) {
  using analysis::number;
  using analysis::word;
  analysis::Table table;
  table.header = {"stage",
                  "metric",
                  "units",
                  "cell_a",
                  "cell_b",
                  "n_a",
                  "n_b",
                  "broken_a",
                  "broken_b",
                  "mean_a",
                  "mean_b",
                  "tolerance_lower_a",
                  "tolerance_upper_a",
                  "tolerance_lower_b",
                  "tolerance_upper_b",
                  "reached_a",
                  "reached_b",
                  "scale",
                  "value",
                  "lower",
                  "upper",
                  "paired",
                  "by_rank",
                  "t",
                  "df",
                  "p",
                  "p_holm",
                  "improvement",
                  "improvement_lower",
                  "improvement_upper"};
  const auto count = [](std::size_t n) { return number(static_cast<double>(n)); };
  const auto reached = [&](const StageComparison& stage, const Side& side) {
    return std::isnan(stage.horizon) ? number(statistics::none) : count(side.reached);
  };
  for (const StageComparison& stage : stages)
    for (const Row& row : stage.rows)
      table.rows.push_back({word(stage.stage),
                            word(stage.metric.name),
                            word(stage.metric.units),
                            word(row.a.label),
                            word(row.b.label),
                            count(row.a.n),
                            count(row.b.n),
                            count(row.a.broken),
                            count(row.b.broken),
                            number(row.a.mean.value),
                            number(row.b.mean.value),
                            number(row.a.tolerance.lower),
                            number(row.a.tolerance.upper),
                            number(row.b.tolerance.lower),
                            number(row.b.tolerance.upper),
                            reached(stage, row.a),
                            reached(stage, row.b),
                            word(stage.metric.is_ratio ? "ratio" : "difference"),
                            number(row.difference.estimate.value),
                            number(row.difference.estimate.lower),
                            number(row.difference.estimate.upper),
                            count(row.is_paired),
                            count(row.is_by_rank),
                            number(row.difference.t),
                            number(row.difference.df),
                            number(row.difference.p),
                            number(row.p_holm),
                            number(row.improvement.value),
                            number(row.improvement.lower),
                            number(row.improvement.upper)});
  return table;
}

}  // namespace seedbed::comparison
