#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/comparison/account.hpp"

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

}  // namespace seedbed::comparison
