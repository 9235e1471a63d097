#include "store/summary.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/math.hpp>

#include "diagnostics/quantile.hpp"
#include "store/final_policy.hpp"
#include "store/statistic.hpp"

namespace seedbed {

namespace {

using Curve = std::vector<double>;

/// The first iteration at which the mean of the replicates has made nine tenths of the way from
/// its start to the optimum; NaN: never. There is no mean once a replicate has diverged: one of the
/// survivors would look better than the cell is.
double iterations_to(double optimum, const std::vector<Curve>& curves) {
  std::size_t longest = 0;
  for (const Curve& curve : curves) longest = std::max(longest, curve.size());
  double first = nan;
  for (std::size_t i = 0; i < longest; ++i) {
    std::vector<double> values;
    for (const Curve& curve : curves)
      if (i < curve.size()) values.push_back(curve[i]);
    const Interval interval = mean_interval(values);
    const double mean = interval.n == curves.size() ? interval.mean : nan;
    if (i == 0) first = mean;
    if (mean >= first + 0.9 * (optimum - first)) return static_cast<double>(i);
  }
  return nan;
}

double fraction(const std::vector<Curve>& curves, bool (*holds)(std::span<const double>)) {
  if (curves.empty()) return nan;
  return static_cast<double>(std::ranges::count_if(curves, holds)) /
         static_cast<double>(curves.size());
}

constexpr Declaration of_learning[] = {
    {"/summary/<learn>/return_first", "<axes>", "reward",
     "return at the first iteration, mean over replicates"},
    {"/summary/<learn>/return_final", "<axes>", "reward",
     "return over the last tenth of the iterations, mean over the replicates that end finite"},
    {"/summary/<learn>/return_final_half_width", "<axes>", "reward",
     "half width of its 95 % interval (Student's t)"},
    {"/summary/<learn>/return_final_median", "<axes>", "reward", "its median over all replicates"},
    {"/summary/<learn>/replicates", "<axes>", "1", "replicates that are there"},
    {"/summary/<learn>/diverged", "<axes>", "1",
     "share of replicates that end non-finite, or further below their first return than ten times "
     "its size"},
    {"/summary/<learn>/worse", "<axes>", "1",
     "share of replicates that end below their first return"},
    {"/summary/<learn>/J_final", "<axes>", "reward",
     "exact objective of the last theta, median over all replicates"},
    {"/summary/<learn>/iterations_to_90_percent", "<axes>", "iterations",
     "iterations until nine tenths of the way to the optimum are made"}};

constexpr Declaration of_gradients[] = {
    {"/summary/<gradient>/estimator", "estimator", "1", "estimator"},
    {"/summary/<gradient>/<name>", "<axes> estimator", "<units>", "<name>, mean over replicates"},
    {"/summary/<gradient>/<name>_p", "<axes> estimator", "<units>",
     "<name>_p, Fisher's combination of the replicates'"},
    {"/summary/<gradient>/<name>_half_width", "<axes> estimator", "<units>",
     "half width of its 95 % interval (Student's t)"},
    {"/summary/<gradient>/diverged", "<axes> estimator", "1",
     "share of replicates whose theta diverged; they are in no mean"}};

}  // namespace

void LearnSummary::add(std::size_t cell, const Reader& run) {
  const std::string path = "/learning/return_mean";
  if (!run.has(path) || run.shape(path)[0] == 0) return;
  cells_[cell].curves.push_back(run.reals(path));
  // A run that ended early is as bad as one that went on with what is not finite.
  if (run.text_attribute("/", "status") == "diverged") cells_[cell].curves.back().push_back(nan);
  cells_[cell].J.push_back(final_J(run));
}

void LearnSummary::write(Writer& writer, const std::string& group, const Dimensions& axes) const {
  std::map<std::string, std::vector<double>> table;
  bool has_J = false;
  for (const auto& [curves, J] : cells_) {
    std::vector<double> first, last;
    for (const Curve& curve : curves) {
      first.push_back(curve.front());
      last.push_back(final_return(curve));
    }
    const Interval end = mean_interval(last);
    table["first"].push_back(mean_interval(first).mean);
    table["final"].push_back(end.mean);
    table["half"].push_back(end.half_width);
    table["median"].push_back(median(last));
    table["replicates"].push_back(static_cast<double>(curves.size()));
    table["diverged"].push_back(fraction(curves, has_diverged));
    table["worse"].push_back(fraction(curves, [](std::span<const double> curve) {
      return !(final_return(curve) >= curve.front());
    }));
    table["J"].push_back(median(J));
    has_J = has_J || std::ranges::any_of(J, [](double x) { return !std::isnan(x); });
    if (optimum_) table["reach"].push_back(iterations_to(*optimum_, curves));
  }
  const auto put = [&](const std::string& name, const char* column) {
    writer.put(group + "/" + name, axes, table[column],
               declared(of_learning, "/summary/<learn>/" + name).meaning());
  };
  put("return_first", "first");
  put("return_final", "final");
  put("return_final_half_width", "half");
  put("return_final_median", "median");
  put("replicates", "replicates");
  put("diverged", "diverged");
  put("worse", "worse");
  if (has_J) put("J_final", "J");
  if (optimum_) put("iterations_to_90_percent", "reach");
}

Declarations LearnSummary::datasets() {
  return of_learning;
}

void GradientSummary::add(std::size_t cell, const Reader& reader) {
  ++runs_[cell];
  if (reader.text_attribute("/", "status") == "diverged") ++diverged_[cell];
  if (!reader.has("/gradient/estimator")) return;
  const auto estimators = reader.texts("/gradient/estimator");
  for (const std::string& each : estimators)
    if (std::ranges::find(estimators_, each) == estimators_.end()) estimators_.push_back(each);
  for (const std::string& name : reader.names("/gradient")) {
    const std::string path = "/gradient/" + name;
    if (reader.type(path) != Reader::Type::real ||
        reader.dimensions(path) != Dimensions{"estimator"})
      continue;
    const auto data = reader.reals(path);
    units_[name] = reader.text_attribute(path, "units").value_or("1");
    for (std::size_t e = 0; e < estimators.size(); ++e) {
      auto& values = values_[{name, estimators[e]}];
      values.resize(cells_);
      values[cell].push_back(data[e]);
    }
  }
}

namespace {

/// X = -2 sum_r log p_r ~ chi^2_{2R} where nothing is there to be found. Source: Fisher 1932.
double combined(const std::vector<double>& p) {
  double X = 0;
  std::uint64_t R = 0;
  for (const double each : p)
    if (!std::isnan(each)) X -= 2 * math::log(std::max(each, 1e-300)), ++R;
  return R == 0 ? nan : chi_square_tail(X, 2 * R);
}

}  // namespace

Declarations GradientSummary::datasets() {
  return of_gradients;
}

void GradientSummary::write(Writer& writer, const std::string& group,
                            const Dimensions& axes) const {
  if (estimators_.empty()) return;
  const auto meaning = [](const std::string& name) {
    return declared(of_gradients, "/summary/<gradient>/" + name);
  };
  writer.scale(group + "/estimator", estimators_, meaning("estimator").meaning());
  Dimensions dims = axes;
  dims.push_back("estimator");
  std::map<std::string, std::vector<double>> mean, half;
  const bool any_diverged = std::ranges::any_of(diverged_, [](double n) { return n > 0; });
  std::vector<double> diverged;
  for (std::size_t cell = 0; cell < cells_; ++cell)
    diverged.insert(diverged.end(), estimators_.size(), diverged_[cell] / runs_[cell]);
  if (any_diverged) writer.put(group + "/diverged", dims, diverged, meaning("diverged").meaning());
  for (const auto& [key, cells] : values_) {
    const auto& [name, estimator] = key;
    const auto place = std::ranges::find(estimators_, estimator) - estimators_.begin();
    mean[name].resize(cells_ * estimators_.size(), nan);
    half[name].resize(cells_ * estimators_.size(), nan);
    for (std::size_t cell = 0; cell < cells_; ++cell) {
      const Interval interval = mean_interval(cells[cell]);
      const std::size_t at = cell * estimators_.size() + static_cast<std::size_t>(place);
      mean[name][at] = name.ends_with("_p") ? combined(cells[cell]) : interval.mean;
      half[name][at] = interval.half_width;
    }
  }
  for (const auto& [name, data] : mean) {
    const bool is_p = name.ends_with("_p");
    const std::map<std::string, std::string> words = {
        {"name", is_p ? name.substr(0, name.size() - 2) : name}, {"units", units_.at(name)}};
    writer.put(group + "/" + name, dims, data,
               meaning(is_p ? "<name>_p" : "<name>").meaning(words));
    if (is_p || name.ends_with("_lower") || name.ends_with("_upper")) continue;
    writer.put(group + "/" + name + "_half_width", dims, half[name],
               meaning("<name>_half_width").meaning(words));
  }
}

}  // namespace seedbed
