#include "cli/ladder_json.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Dense& a) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < a.rows; ++i)
    rows.push_back(
        std::vector<double>(a.data.data() + i * a.columns, a.data.data() + (i + 1) * a.columns));
  return rows;
}

/// [.][columns] of what lies row after row.
Json rows(const std::vector<double>& data, std::size_t columns) {
  return json_of(Dense(data.size() / columns, columns, data.data()));
}

std::vector<double> diagonal_of(const Dense& a) {
  std::vector<double> entries;
  for (std::size_t j = 0; j < a.rows; ++j) entries.push_back(a(j, j));
  return entries;
}

std::vector<double> first_column(const Dense& a) {
  std::vector<double> entries;
  for (std::size_t t = 0; t < a.rows; ++t) entries.push_back(a(t, 0));
  return entries;
}

Json json_of(const Rung& rung, const std::vector<double>& gradient) {
  Json json = {{"estimator", rung.name}, {"trajectories", rung.trajectories}};
  if (!rung.unbiased) {
    json["mean"] = rung.moments.mean;
    json["bias_norm"] = rung.bias_norm(gradient);
  }
  json["variance_trace"] = rung.moments.trace();
  json["variance"] = diagonal_of(rung.moments.covariance);
  json["covariance"] = json_of(rung.moments.covariance);
  return json;
}

Json json_of(const TabularSolution& values, std::size_t states) {
  const std::size_t actions = values.Q.size() / std::max<std::size_t>(values.d.size(), 1);
  Json Q = Json::array();
  for (auto at = values.Q.begin(); at != values.Q.end();) {
    const auto end = at + static_cast<std::ptrdiff_t>(states * actions);
    Q.push_back(rows({at, end}, actions));
    at = end;
  }
  return {{"V", rows(values.V, states)}, {"Q", std::move(Q)}, {"d", rows(values.d, states)}};
}

}  // namespace

Json json_of(const VarianceLadder& ladder, const Spectrum& fisher) {
  const ReinforceMoments& moments = ladder.reinforce;
  Json json = {{"J", moments.J},
               {"gradient", moments.gradient},
               {"fisher_trace", trace(moments.F)},
               {"fisher_rank", fisher.rank()},
               {"fisher_eigenvalues", fisher.value},
               {"fisher_diagonal", diagonal_of(moments.F)},
               {"fisher", json_of(moments.F)},
               {"best_baseline", moments.best_baseline()},
               {"best_baselines", moments.best_baselines()},
               {"best_step_baselines", first_column(ladder.steps.best())},
               {"best_step_baselines_of_each", json_of(ladder.steps.best_of_each())}};
  if (ladder.values)
    json["values"] = json_of(*ladder.values, ladder.values->V.size() - ladder.values->d.size());
  for (const Rung& rung : ladder.rungs) json["ladder"].push_back(json_of(rung, moments.gradient));
  return json;
}

std::string rows_of(const Json& json, const std::string& indent) {
  const auto structured = [](const Json& entry) { return entry.is_structured(); };
  if (json.empty() || !json.is_structured() ||
      (json.is_array() && std::none_of(json.begin(), json.end(), structured)))
    return json.dump();
  std::string text;
  for (const auto& [key, value] : json.items())
    text += (text.empty() ? "" : ",") + ("\n" + indent) + "  " +
            (json.is_object() ? Json(key).dump() + ": " : "") + rows_of(value, indent + "  ");
  return (json.is_object() ? "{" : "[") + text + "\n" + indent + (json.is_object() ? "}" : "]");
}

}  // namespace seedbed
