#include "analysis/report/curves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "store/statistic.hpp"

namespace seedbed::analysis {

namespace {

/// The axis of the panels: of the axes with two or more values the one with the fewest, if there
/// are two such axes at least; -1: one panel.
std::ptrdiff_t panel_axis(const Stage& stage) {
  std::ptrdiff_t best = -1;
  std::size_t active = 0;
  for (std::size_t i = 0; i < stage.axes.size(); ++i) {
    const std::size_t size = stage.axes[i].labels.size();
    if (size < 2) continue;
    ++active;
    if (best < 0 || size <= stage.axes[static_cast<std::size_t>(best)].labels.size())
      best = static_cast<std::ptrdiff_t>(i);
  }
  return active >= 2 ? best : -1;
}

bool has(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

std::vector<double> final_returns(const Curve& curve, const std::vector<bool>& broke_off) {
  std::vector<double> finals;
  for (std::size_t k = 0; k < curve.runs.size(); ++k) {
    const bool diverged = broke_off[curve.run_number[k]] || has_diverged(curve.runs[k]);
    finals.push_back(diverged ? -INFINITY : final_return(curve.runs[k]));
  }
  return finals;
}

}  // namespace

statistics::Scores CurveLine::final_scores() const {
  return statistics::one_task(final_return).max(std::numeric_limits<double>::lowest());
}

Curves curves_of(const Results& results, const Stage& stage) {
  const std::ptrdiff_t by = panel_axis(stage);
  const auto diverged = results.summary(stage, "diverged");
  Curves all;
  for (std::size_t i = 0; i < stage.axes.size(); ++i)
    if (static_cast<std::ptrdiff_t>(i) != by && stage.axes[i].labels.size() > 1)
      all.series.title += (all.series.title.empty() ? "" : ", ") + stage.axes[i].name;
  for (std::size_t cell = 0; cell < stage.cells(); ++cell) {
    if (!stage.has(cell)) continue;
    const auto place = stage.place(cell);
    CurveLine line;
    for (std::size_t i = 0; i < place.size(); ++i) {
      const Axis& axis = stage.axes[i];
      if (static_cast<std::ptrdiff_t>(i) == by)
        line.panel = axis.name + " = " + axis.labels[place[i]];
      else if (axis.labels.size() > 1)
        line.label += (line.label.empty() ? "" : ", ") + axis.labels[place[i]];
    }
    line.curve = results.curve(stage, cell);
    if (line.curve.mean.empty()) continue;
    if (!has(all.series.labels, line.label)) {
      if (all.series.labels.size() == series_limit) {
        ++all.left_out;
        continue;
      }
      all.series.labels.push_back(line.label);
    }
    if (!has(all.panels, line.panel)) all.panels.push_back(line.panel);
    line.diverged = line.curve.broke_at || (cell < diverged.size() && diverged[cell] > 0);
    line.final_return = final_returns(line.curve, results.broke_off(stage, cell));
    all.lines.push_back(std::move(line));
  }
  return all;
}

}  // namespace seedbed::analysis
