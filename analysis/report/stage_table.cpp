#include "analysis/report/stage_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/report/number.hpp"
#include "analysis/report/row.hpp"

namespace seedbed::analysis {

Table learn_table(const Results& results, const Stage& stage) {
  const auto get = [&](const char* name) { return results.summary(stage, name); };
  const auto first = get("return_first"), median = get("return_final_median");
  const auto last = get("return_final"), half = get("return_final_half_width");
  const auto worse = get("worse"), diverged = get("diverged"), n = get("replicates");
  const auto J = get("J_final");
  const auto reach = get("iterations_to_90_percent");
  Table table = empty_table(stage, "return of each cell");
  table.header.insert(table.header.end(), {"final return", "± 95 %", "median", "first return",
                                           "worse", "diverged", "n"});
  if (!J.empty()) table.header.push_back("median exact J");
  if (!reach.empty()) table.header.push_back("to 90 %");
  for (std::size_t cell = 0; cell < stage.cells(); ++cell) {
    if (!stage.has(cell)) continue;
    auto& row = table.rows.emplace_back();
    add_coordinates(stage, cell, row);
    add_mean(at(last, cell), at(half, cell), row);
    row.push_back(number(at(median, cell)));
    row.push_back(number(at(first, cell)));
    row.push_back(share(at(worse, cell)));
    row.push_back(share(at(diverged, cell)));
    row.push_back({exact(at(n, cell)), exact(at(n, cell))});
    if (!J.empty()) row.push_back(number(at(J, cell)));
    if (!reach.empty()) row.push_back({rounded(at(reach, cell), 1), exact(at(reach, cell))});
  }
  table.notes.push_back(
      "Final return: mean over the last tenth of the iterations and over "
      "replicates; interval: Student's t.");
  if (any_positive(diverged))
    table.notes.push_back(
        "Diverged: ends non-finite, or further below its first return than ten "
        "times its size. The mean is over replicates that end finite; the "
        "median is over all.");
  if (!reach.empty())
    table.notes.push_back("To 90 %: iterations until nine tenths of the way to the optimum " +
                          rounded(*stage.optimum, 6) + " are made.");
  return table;
}

namespace {

/// The columns that people see. `cost` is relative to the cell's first estimator.
struct GradientColumns {
  std::vector<double> bias, p, variance, half_width, snr, cosine, cost;
  std::string snr_name = "SNR";

  GradientColumns(const Results& results, const Stage& stage)
      : bias(results.summary(stage, "bias_norm")),
        p(results.summary(stage, "bias_p")),
        variance(results.summary(stage, "variance_trace")),
        half_width(results.summary(stage, "variance_trace_half_width")),
        snr(results.summary(stage, "snr")),
        cosine(results.summary(stage, "cosine")),
        cost(results.summary(stage, "variance_times_steps")) {
    const auto lower = results.summary(stage, "variance_trace_lower"),
               upper = results.summary(stage, "variance_trace_upper");
    for (std::size_t i = 0; i < half_width.size(); ++i)  // of one replicate: its own interval
      if (std::isnan(half_width[i])) half_width[i] = 0.5 * (at(upper, i) - at(lower, i));
    const std::size_t E = std::max<std::size_t>(1, results.estimators(stage).size());
    for (std::size_t i = cost.size(); i-- > 0;) cost[i] /= cost[i - i % E];
    if (std::ranges::any_of(snr, [](double x) { return !std::isnan(x); })) return;
    snr = results.summary(stage, "snr_plugin");
    snr_name = "SNR (plug-in)";
  }
};

void add_reference_notes(const Stage& stage, Table& table) {
  table.notes.push_back(
      "|bias|: norm of mean minus reference, mean over replicates; p: Hotelling's T2 of no bias, "
      "all replicates.");
  table.notes.push_back(
      "Variance: trace of the covariance of a batch's gradient; cost: variance times environment "
      "steps, relative to the first.");
  if (stage.reference_kind.empty()) return;
  std::string note = "Reference gradient: " + stage.reference_kind;
  if (stage.reference_kind == "monte-carlo" && stage.reference_error) {
    note += ", relative error " + rounded(*stage.reference_error, 2);
    const double asked =
        stage.reference_error_asked.value_or(std::numeric_limits<double>::quiet_NaN());
    if (*stage.reference_error > asked)
      note += ", which is not the " + rounded(asked, 2) +
              " that was asked for: raise reference_batches";
  }
  table.notes.push_back(note + ".");
}

}  // namespace

Table gradient_table(const Results& results, const Stage& stage) {
  Table table = empty_table(stage, "gradient estimators at the same theta");
  const auto estimators = results.estimators(stage);
  const std::size_t rows = stage.cells() * estimators.size();
  if (rows == 0) return table;
  const GradientColumns columns(results, stage);
  table.header.insert(table.header.end(), {"estimator", "|bias|", "p", "variance", "± 95 %",
                                           columns.snr_name, "cosine", "cost"});
  const auto diverged = results.summary(stage, "diverged");
  if (!diverged.empty()) table.header.push_back("diverged");
  table.shown = table.header.size();
  auto all = results.quantities(stage);
  std::erase(all, "cosine");  // it has its column
  std::erase(all, "diverged");
  table.header.insert(table.header.end(), all.begin(), all.end());
  std::vector<std::vector<double>> values;
  for (const std::string& name : all) values.push_back(results.summary(stage, name));
  for (std::size_t i = 0; i < rows; ++i) {
    if (!stage.has(i / estimators.size())) continue;
    auto& row = table.rows.emplace_back();
    add_coordinates(stage, i / estimators.size(), row);
    row.push_back(word(estimators[i % estimators.size()]));
    row.push_back(number(at(columns.bias, i)));
    row.push_back(number(at(columns.p, i), 2));
    row.push_back(number(at(columns.variance, i)));
    row.push_back(number(at(columns.half_width, i), 2));
    row.push_back(number(at(columns.snr, i)));
    row.push_back(number(at(columns.cosine, i)));
    row.push_back(number(at(columns.cost, i), 3));
    if (!diverged.empty()) row.push_back(share(at(diverged, i)));
    for (const auto& value : values) row.push_back(number(at(value, i)));
  }
  add_reference_notes(stage, table);
  if (!diverged.empty())
    table.notes.push_back(
        "Diverged: replicates whose theta did; they are in no mean: it is that of the others.");
  return table;
}

}  // namespace seedbed::analysis
