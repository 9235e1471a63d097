#include <algorithm>
#include <cmath>

#include "analysis/report/chart.hpp"
#include "analysis/report/row.hpp"

namespace seedbed::analysis {

namespace {

constexpr std::size_t most_cells = 8;

/// A quantity of /summary for every cell and estimator, with the interval over replicates, or of
/// one replicate its own.
Quantity quantity_of(const Results& results, const Stage& stage, const std::string& name,
                     const std::string& title, bool is_size) {
  const auto estimators = results.estimators(stage);
  const auto value = results.summary(stage, name),
             half = results.summary(stage, name + "_half_width"),
             lower = results.summary(stage, name + "_lower"),
             upper = results.summary(stage, name + "_upper");
  const auto along = axis_along(stage);
  Quantity quantity{title, is_size, {}};
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < value.size() && !estimators.empty(); ++i) {
    const std::size_t cell = i / estimators.size(), e = i % estimators.size();
    if (!stage.has(cell) || e >= series_limit) continue;
    const std::string label =
        cell_label(stage, cell, along ? std::vector{*along} : std::vector<std::size_t>{});
    if (std::ranges::find(cells, label) == cells.end()) cells.push_back(label);
    if (cells.size() > most_cells) break;
    const bool has_half = std::isfinite(at(half, i));
    quantity.readings.push_back({estimators[e], label,
                                 along ? stage.axes[*along].labels[stage.place(cell)[*along]] : "",
                                 value[i], has_half ? value[i] - half[i] : at(lower, i),
                                 has_half ? value[i] + half[i] : at(upper, i)});
  }
  return quantity;
}

bool any_finite(const std::vector<double>& values) {
  return std::ranges::any_of(values, [](double x) { return std::isfinite(x); });
}

std::vector<std::string> notes_on(const Results& results, const Stage& stage) {
  std::vector<std::string> notes{
      stage.replicates > 1 ? "Marks: mean over n = " + std::to_string(stage.replicates) +
                                 " replicates. Bars: 95 % interval of the mean (Student's t)."
                           : "Marks: n = 1 replicate. Bars: its 95 % interval (block jackknife)."};
  if (!stage.reference_kind.empty())
    notes.push_back("Reference gradient: " + stage.reference_kind + ".");
  if (results.estimators(stage).size() > series_limit || stage.cells() > most_cells)
    notes.push_back("What does not fit is in the table.");
  return notes;
}

std::optional<Figure> chart_of(const Results& results, const Stage& stage,
                               std::vector<Quantity> quantities, Figure figure) {
  std::erase_if(quantities, [](const Quantity& quantity) {
    return std::ranges::none_of(quantity.readings, [&](const Reading& r) {
      return std::isfinite(r.value) && (!quantity.is_size || r.value > 0);
    });
  });
  const auto along = axis_along(stage);
  Chart chart{std::move(quantities), "estimator", std::nullopt};
  if (along) chart.along = along_axis(stage.axes[*along]);
  if (chart.empty()) return std::nullopt;
  figure.notes = notes_on(results, stage);
  sign(figure, results, stage);
  return chart.figure(std::move(figure));
}

std::string units(const Results& results, const Stage& stage, const std::string& quantity) {
  return results.units("/" + stage.name + "/" + quantity);
}

/// Marks what an oracle knows.
Quantity with_exact(Quantity quantity, const Quantity& exact) {
  for (std::size_t i = 0; i < exact.readings.size() && i < quantity.readings.size(); ++i)
    quantity.readings[i].exact = exact.readings[i].value;
  return quantity;
}

}  // namespace

std::optional<Figure> error_figure(const Results& results, const Stage& stage) {
  const auto titled = [&](const char* what, const char* name) {
    return std::string(what) + " (" + units(results, stage, name) + ")";
  };
  const auto of = [&](const char* name, const std::string& title) {
    return quantity_of(results, stage, name, title, true);
  };
  // The formulas that an oracle knows are unbiased: their mean squared error is their variance.
  const Quantity exact = of("variance_trace_exact", "");
  return chart_of(
      results, stage,
      {with_exact(of("variance_trace", titled("variance, trace", "variance_trace")), exact),
       of("bias_norm", titled("bias, norm", "bias_norm")),
       with_exact(of("mse", titled("mean squared error", "mse")), exact)},
      {"variances",
       "Variance, bias and error of the estimators",
       "Trace of the variance of a batch's gradient estimate, norm of its bias and mean squared "
       "error, per estimator, stage " +
           stage.name + ".",
       {},
       {},
       {}});
}

std::optional<Figure> signal_figure(const Results& results, const Stage& stage) {
  const bool is_plain = any_finite(results.summary(stage, "snr"));
  const std::string snr = is_plain ? "snr" : "snr_plugin";
  return chart_of(
      results, stage,
      {quantity_of(results, stage, "cosine", "cosine to the gradient of J", false),
       quantity_of(results, stage, snr,
                   is_plain ? "signal to noise ratio" : "signal to noise ratio (plug-in)",
                   is_plain)},
      {"signal",
       "Cosine and signal to noise",
       "Mean cosine of a batch's gradient estimate to the gradient of J, and its squared "
       "length over the variance, per estimator, stage " +
           stage.name + ".",
       {},
       {},
       {}});
}

std::optional<Figure> cost_figure(const Results& results, const Stage& stage) {
  Quantity seconds = quantity_of(results, stage, "variance_trace", "", true);
  const std::size_t E = results.estimators(stage).size();
  const auto times = results.variance_times_seconds(stage);
  std::size_t i = 0, kept = 0;
  for (; i < times.size() && kept < seconds.readings.size(); ++i) {
    if (!stage.has(i / E) || i % E >= series_limit) continue;
    Reading& reading = seconds.readings[kept++];
    reading.value = times[i].mean;
    reading.low = times[i].mean - times[i].half_width;
    reading.high = times[i].mean + times[i].half_width;
  }
  seconds.title = "variance × wall time (" +
                  results.units("/timing/" + stage.name + "/variance_times_seconds") + ")";
  if (times.empty()) seconds.readings.clear();
  return chart_of(
      results, stage,
      {quantity_of(results, stage, "variance_times_steps",
                   "variance × steps (" + units(results, stage, "variance_times_steps") + ")",
                   true),
       seconds},
      {"cost",
       "Variance per unit of cost",
       "Variance of the gradient estimate times what a batch costs, in environment steps and in "
       "seconds, per estimator, stage " +
           stage.name + "; less is better.",
       {},
       {},
       {}});
}

}  // namespace seedbed::analysis
