#include <algorithm>
#include <cmath>

#include "analysis/report/chart.hpp"
#include "analysis/report/row.hpp"
#include "store/statistic.hpp"

namespace seedbed::analysis {

namespace {

std::string shown_of(const Stage& stage, std::size_t shown, std::size_t there) {
  std::string note = "Marks: mean over " + n_replicates(stage) +
                     ". Bars: 95 % interval of the mean (Student's t).";
  if (shown < there)
    note += " Of " + std::to_string(there) + " runs the " + std::to_string(there - shown) +
            " that diverged are left out.";
  return note;
}

std::optional<Figure> figure_of(const Results& results, const Stage& stage, const Chart& chart,
                                Figure figure, std::size_t shown, std::size_t there) {
  if (chart.empty()) return std::nullopt;
  figure.notes = {shown_of(stage, shown, there)};
  sign(figure, results, stage);
  return chart.figure(std::move(figure));
}

std::vector<double> finite_of(std::vector<double> values) {
  std::erase_if(values, [](double x) { return !std::isfinite(x); });
  return values;
}

Reading reading_of(std::string series, std::string cell, std::string along,
                   const std::vector<double>& values) {
  const Interval interval = mean_interval(values);
  return {std::move(series),
          std::move(cell),
          std::move(along),
          interval.mean,
          interval.mean - interval.half_width,
          interval.mean + interval.half_width,
          NAN,
          values};
}

}  // namespace

std::optional<Figure> returns_figure(const Results& results, const Stage& stage,
                                     const Curves& all) {
  Quantity quantity{"final " + return_title(stage), false, {}};
  std::size_t shown = 0, there = 0;
  for (const CurveLine& line : all.lines) {
    const std::vector<double> finals = finite_of(line.final_return);
    shown += finals.size();
    there += line.final_return.size();
    quantity.readings.push_back(
        reading_of(line.label.empty() ? stage.name : line.label, line.panel, "", finals));
  }
  if (stage.optimum) quantity.level = Level{*stage.optimum, "the optimum"};
  return figure_of(results, stage, {{quantity}, all.series.title, std::nullopt},
                   {"returns",
                    "Final returns",
                    "Return over the last tenth of the iterations, of every replicate and its "
                    "mean, stage " +
                        stage.name + ".",
                    {},
                    {},
                    {}},
                   shown, there);
}

std::optional<Figure> evaluation_figure(const Results& results, const Stage& stage) {
  const auto along = axis_along(stage);
  const auto J = results.summary(stage, "J");
  Quantity quantity{return_title(stage), false, {}};
  Chart chart{{}, "", std::nullopt};
  if (along) chart.along = along_axis(stage.axes[*along]);
  for (std::size_t i = 0; i < stage.axes.size(); ++i)
    if (i != along && stage.axes[i].labels.size() > 1)
      chart.series_title += (chart.series_title.empty() ? "" : ", ") + stage.axes[i].name;
  std::vector<std::string> seen;
  std::size_t shown = 0, there = 0;
  for (std::size_t cell = 0; cell < stage.cells(); ++cell) {
    if (!stage.has(cell)) continue;
    std::string series =
        cell_label(stage, cell, along ? std::vector{*along} : std::vector<std::size_t>{});
    if (series.empty()) series = stage.name;
    if (!std::ranges::count(seen, series)) seen.push_back(series);
    if (seen.size() > series_limit) break;
    const auto values = finite_of(results.replicates(stage, cell, "return_mean"));
    shown += values.size();
    there += stage.replicates;
    quantity.readings.push_back(reading_of(
        series, "", along ? stage.axes[*along].labels[stage.place(cell)[*along]] : "", values));
    quantity.readings.back().exact = at(J, cell);
  }
  chart.quantities = {quantity};
  return figure_of(results, stage, chart,
                   {"returns",
                    "Returns on fresh noise",
                    "Mean return of the policy of every replicate on noise that nobody trained "
                    "on, and their mean, stage " +
                        stage.name + ".",
                    {},
                    {},
                    {}},
                   shown, there - std::min(there, stage.missing_runs));
}

}  // namespace seedbed::analysis
