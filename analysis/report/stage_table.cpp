#include "analysis/report/stage_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/report/number.hpp"

namespace seedbed::analysis {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Entry number(double value, int digits = 4) {
  return {rounded(value, digits), exact(value)};
}

Entry share(double value) {
  if (std::isnan(value)) return {"-", ""};
  return {std::to_string(std::lround(100 * value)) + " %", exact(value)};
}

double at(const std::vector<double>& values, std::size_t i) {
  return i < values.size() ? values[i] : nan;
}

void add_coordinates(const Stage& stage, std::size_t cell, std::vector<Entry>& row) {
  const auto place = stage.place(cell);
  for (std::size_t i = 0; i < place.size(); ++i)
    row.push_back(word(stage.axes[i].labels[place[i]]));
}

void add_mean(double mean, double half_width, std::vector<Entry>& row) {
  const MeanText text = rounded_mean(mean, half_width);
  row.push_back({text.mean, exact(mean)});
  row.push_back({text.half_width, exact(half_width)});
}

Table empty_table(const Stage& stage, const std::string& what) {
  Table table;
  table.title = stage.name + ": " + what;
  for (const Axis& axis : stage.axes) table.header.push_back(axis.name);
  return table;
}

bool any_positive(const std::vector<double>& values) {
  return std::ranges::any_of(values, [](double x) { return x > 0; });
}

}  // namespace

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

struct Quantity {
  const char *name, *shown;
};
constexpr Quantity quantities[] = {{"bias_norm", "bias"},
                                   {"bias_noise", "bias noise"},
                                   {"variance_trace", "variance (trace)"},
                                   {"mse", "mean squared error"},
                                   {"snr", "signal to noise"},
                                   {"cosine", "cosine to truth"}};

}  // namespace

Table gradient_table(const Results& results, const Stage& stage) {
  Table table = empty_table(stage, "gradient estimators at the same theta");
  const auto estimators = results.estimators(stage);
  std::vector<std::vector<double>> means;
  if (stage.cells() * estimators.size() > 0) table.header.push_back("estimator");
  for (const auto& [name, shown] : quantities) {
    means.push_back(results.summary(stage, name));
    if (!means.back().empty()) table.header.push_back(shown);
  }
  for (std::size_t i = 0; i < stage.cells() * estimators.size(); ++i) {
    auto& row = table.rows.emplace_back();
    add_coordinates(stage, i / estimators.size(), row);
    row.push_back(word(estimators[i % estimators.size()]));
    for (const auto& mean : means)
      if (!mean.empty()) row.push_back(number(at(mean, i)));
  }
  std::string note = "Mean over replicates";
  if (!results.summary(stage, "bias_noise").empty())
    table.notes.push_back(
        "Bias noise: the bias that so many batches of an unbiased estimator show.");
  if (!stage.reference_kind.empty()) note += "; reference gradient: " + stage.reference_kind;
  table.notes.push_back(note + ".");
  return table;
}

}  // namespace seedbed::analysis
