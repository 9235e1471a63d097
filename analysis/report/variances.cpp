#include <algorithm>
#include <cmath>

#include "analysis/report/figure.hpp"
#include "analysis/report/number.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/scale.hpp"
#include "analysis/report/svg.hpp"

namespace seedbed::analysis {

namespace {

constexpr double row_height = 22, top = 62, plot_width = 420;

struct Row {
  std::string label;
  std::size_t estimator;
  double value, half_width;
};

/// Rows grouped by cell; the name of a cell is a row without a value.
std::vector<Row> rows_of(const Results& results, const Stage& stage) {
  const auto estimators = results.estimators(stage);
  const auto values = results.summary(stage, "variance_trace");
  const auto halves = results.summary(stage, "variance_trace_half_width");
  std::vector<Row> rows;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t e = i % estimators.size();
    if (!stage.has(i / estimators.size())) continue;
    if (e == 0 && stage.cells() > 1)
      rows.push_back({stage.label(i / estimators.size()), palette_size, NAN, NAN});
    rows.push_back({estimators[e], e, values[i], halves[i]});
  }
  return rows;
}

void draw_row(Svg& svg, const Row& row, double left, double y, const Scale& x) {
  if (row.estimator == palette_size) {
    svg.text({12, y + 4}, row.label, {.size = 12, .weight = 600});
    return;
  }
  svg.line({left, y}, {left + plot_width, y}, {"#eeeeee", 1, ""});
  svg.text({left - 12, y + 4}, row.label, {.size = 12, .anchor = Anchor::end});
  const std::string shown = std::isnan(row.value) ? "not finite" : rounded(row.value, 3);
  svg.text({left + plot_width + 12, y + 4}, shown, {.size = 11, .colour = "#444444"});
  if (!std::isfinite(row.value) || row.value <= 0) return;
  const auto place = [&](double value) {
    return left + std::clamp(x(std::max(value, 1e-300)), 0.0, 1.0) * plot_width;
  };
  const std::string colour = line_style(row.estimator % palette_size).colour;
  if (std::isfinite(row.half_width))
    svg.line({place(row.value - row.half_width), y}, {place(row.value + row.half_width), y},
             {colour, 2, ""});
  svg.circle({place(row.value), y}, 4.5, colour);
}

std::vector<std::string> caption(const Results& results, const Stage& stage,
                                 const std::vector<Row>& rows) {
  std::vector<std::string> lines{
      stage.replicates > 1 ? "Dots: mean over n = " + std::to_string(stage.replicates) +
                                 " replicates. Bars: 95 % interval (Student's t)."
                           : "Dots: one replicate."};
  if (std::ranges::any_of(rows, [](const Row& row) { return row.value <= 0; }))
    lines.push_back("A variance of 0 has no place on a logarithmic axis: see the number.");
  lines.push_back(origin(results));
  return lines;
}

}  // namespace

std::optional<std::string> variances(const Results& results, const Stage& stage) {
  const auto rows = rows_of(results, stage);
  std::vector<double> values;
  double widest = 0;
  for (const Row& row : rows) {
    if (row.estimator == palette_size) continue;
    widest = std::max(widest, text_width(row.label, 12));
    values.push_back(row.value);
    if (row.value > row.half_width) values.push_back(row.value - row.half_width);
    values.push_back(row.value + row.half_width);
  }
  if (rows.empty()) return std::nullopt;
  const Scale x = Scale::logarithmic(values);
  const double left = std::max(widest + 30, 90.0), right = left + plot_width + 90;
  const double bottom = top + row_height * static_cast<double>(rows.size());
  const auto notes = caption(results, stage, rows);
  Svg svg(right, bottom + 58 + 16 * static_cast<double>(notes.size()),
          "Variance of gradient estimators: " + results.title(),
          "Trace of the covariance of each estimator, logarithmic axis, stage " + stage.name + ".");
  svg.text({12, 26}, results.title(), {.size = 15, .weight = 600});
  for (const Tick& tick : x.ticks(6)) {
    const double at = left + x(tick.value) * plot_width;
    svg.line({at, top - 14}, {at, bottom}, {"#e4e4e4", 1, ""});
    svg.text({at, bottom + 17}, tick.label, {.size = 11, .anchor = Anchor::middle});
  }
  svg.line({left, bottom}, {left + plot_width, bottom}, {"#666666", 1, ""});
  svg.text({left + plot_width / 2, bottom + 35}, "variance of the gradient estimate (trace)",
           {.size = 12, .anchor = Anchor::middle});
  for (std::size_t i = 0; i < rows.size(); ++i)
    draw_row(svg, rows[i], left, top + row_height * (static_cast<double>(i) + 0.5) - 8, x);
  for (std::size_t i = 0; i < notes.size(); ++i)
    svg.text({12, bottom + 58 + 16 * static_cast<double>(i)}, notes[i],
             {.size = 11, .colour = "#555555"});
  return svg.text();
}

}  // namespace seedbed::analysis
