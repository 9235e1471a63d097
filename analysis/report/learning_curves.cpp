#include <algorithm>
#include <cmath>

#include "analysis/report/figure.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/panel.hpp"

namespace seedbed::analysis {

namespace {

/// Where everything lies, in pixels.
struct Layout {
  std::size_t columns, rows;
  double panel_width, panel_height, left = 78, gap = 20, top = 0, right = 24;
  double row_height() const { return panel_height + 58; }
  double width() const {
    const auto n = static_cast<double>(columns);
    return left + n * panel_width + (n - 1) * gap + right;
  }
};

Layout layout_of(std::size_t panels) {
  const std::size_t columns = std::min<std::size_t>(std::max<std::size_t>(panels, 1), 4);
  const double width = columns == 1 ? 600 : columns == 2 ? 370 : 270;
  return {columns, (panels + columns - 1) / columns, width, columns == 1 ? 340.0 : 230.0};
}

/// Where returns lie: what diverged does not stretch the axis beyond its start, and a wide band no
/// further than by half of what the means span.
Scale return_scale(const Panels& all, const Stage& stage) {
  std::vector<double> values;
  const bool all_diverged = std::ranges::all_of(all.panels, [](const Panel& panel) {
    return std::ranges::all_of(panel.lines, &Line::diverged);
  });
  const auto each_line = [&](auto&& use) {
    for (const Panel& panel : all.panels)
      for (const Line& line : panel.lines)
        if (!line.curve.mean.empty()) use(line);
  };
  if (stage.optimum) values.push_back(*stage.optimum);
  each_line([&](const Line& line) {
    values.push_back(line.curve.mean.front());
    if (line.curve.median.back() >= line.curve.mean.front())
      values.push_back(line.curve.median.back());
    if (line.diverged && !all_diverged) return;
    values.insert(values.end(), line.curve.mean.begin(), line.curve.mean.end());
  });
  std::erase_if(values, [](double x) { return !std::isfinite(x); });
  if (values.empty()) return Scale::over(values);
  const auto [least, most] = std::ranges::minmax(values);
  const double room = (most - least) / 2;
  each_line([&, low = least - room, high = most + room](const Line& line) {
    if (line.diverged) return;
    for (const double x : line.curve.low)
      if (std::isfinite(x)) values.push_back(std::max(x, low));
    for (const double x : line.curve.high)
      if (std::isfinite(x)) values.push_back(std::min(x, high));
  });
  return Scale::over(values);
}

Scale iteration_scale(const Panels& all) {
  double first = INFINITY, last = -INFINITY;
  for (const Panel& panel : all.panels)
    for (const Line& line : panel.lines)
      if (!line.curve.iteration.empty()) {
        first = std::min(first, line.curve.iteration.front());
        last = std::max(last, line.curve.iteration.back());
      }
  if (first > last) return Scale(Scale::Kind::linear, 0, 1);
  return Scale(Scale::Kind::linear, first, std::max(last, first + 1));
}

/// The legend in rows of the width of the figure; gives the height that it takes.
double draw_legend(Svg* svg, const Panels& all, double left, double top, double right) {
  if (all.legend.empty() || all.legend.front().label.empty()) return 0;
  double x = left, y = top;
  if (svg) svg->text({x, y + 4}, all.legend_title, {.size = 12, .colour = "#555555"});
  x += text_width(all.legend_title, 12) + 16;
  for (const Line& line : all.legend) {
    const double width = 34 + text_width(line.label, 12) + 18;
    if (x + width > right && x > left) {
      x = left;
      y += 19;
    }
    if (svg) {
      svg->line({x, y}, {x + 28, y}, line_style(line.style));
      svg->text({x + 34, y + 4}, line.label, {.size = 12});
    }
    x += width;
  }
  return y - top + 22;
}

/// What a reader has to know beside the lines.
std::vector<std::string> notes_on(const Panels& all, const Results& results, const Stage& stage,
                                  const Scale& y) {
  std::vector<std::string> lines{"Lines: mean over n = " + std::to_string(stage.replicates) +
                                 " replicates. Bands: 95 % interval of the mean (Student's t)."};
  std::size_t diverged = 0;
  std::string names;
  for (const Panel& panel : all.panels)
    for (const Line& line : panel.lines) {
      if (!line.diverged || ++diverged > 3) continue;
      if (!names.empty()) names += "; ";
      names += line.label + (panel.title.empty() || line.label.empty() ? "" : ", ") + panel.title;
    }
  if (diverged > 3) names += "; " + std::to_string(diverged - 3) + " more";
  if (diverged > 0)
    lines.push_back("Diverged in some replicates" + (names.empty() ? "" : ": " + names) +
                    ". Cut at the edge. × marks the first return that is not finite: from there a "
                    "thin line is the median over all replicates, if more than half are finite.");
  if (y.kind() == Scale::Kind::symlog)
    lines.push_back("The return axis is logarithmic on both sides of zero, and linear next to it.");
  if (all.left_out > 0)
    lines.push_back(std::to_string(all.left_out) + " more cells are in the table only.");
  if (stage.missing_runs > 0)
    lines.push_back(std::to_string(stage.missing_runs) + " runs are missing.");
  lines.push_back(origin(results));
  return lines;
}

std::vector<std::string> caption(const Panels& all, const Results& results, const Stage& stage,
                                 const Scale& y, double pixels) {
  std::vector<std::string> lines;
  for (const std::string& note : notes_on(all, results, stage, y))
    for (const std::string& line : wrapped(note, pixels, 11)) lines.push_back(line);
  return lines;
}

}  // namespace

std::optional<std::string> learning_curves(const Results& results, const Stage& stage) {
  const Panels all = panels_of(results, stage);
  const bool is_empty = std::ranges::all_of(all.panels, [](const Panel& panel) {
    return std::ranges::all_of(panel.lines, [](const Line& l) { return l.curve.mean.empty(); });
  });
  if (is_empty) return std::nullopt;
  Layout layout = layout_of(all.panels.size());
  const double right = layout.width() - layout.right;
  const double legend = draw_legend(nullptr, all, layout.left, 0, right);
  layout.top = 50 + legend + (all.panels.size() > 1 ? 22 : 4);
  const Scale x = iteration_scale(all), y = return_scale(all, stage);
  const auto notes = caption(all, results, stage, y, right - layout.left);
  const double foot = layout.top + static_cast<double>(layout.rows) * layout.row_height();
  Svg svg(layout.width(), foot + 16 * static_cast<double>(notes.size()) + 10,
          "Learning curves: " + results.title(),
          "Mean return against iteration with 95 % intervals, stage " + stage.name + ".");
  svg.text({layout.left, 26}, results.title(), {.size = 15, .weight = 600});
  draw_legend(&svg, all, layout.left, 50, right);
  for (std::size_t i = 0; i < all.panels.size(); ++i) {
    const std::size_t column = i % layout.columns, row = i / layout.columns;
    const bool is_lowest = i + layout.columns >= all.panels.size();
    const PanelFrame frame{
        {layout.left + static_cast<double>(column) * (layout.panel_width + layout.gap),
         layout.top + static_cast<double>(row) * layout.row_height()},
        layout.panel_width, layout.panel_height, column == 0, is_lowest};
    draw_panel(svg, all.panels[i], frame, x, y, stage);
    if (column == 0)
      svg.text({22, frame.corner.y + frame.height / 2}, "return (" + stage.return_units + ")",
               {.size = 12, .anchor = Anchor::middle, .upright = true});
  }
  for (std::size_t i = 0; i < notes.size(); ++i)
    svg.text({layout.left, foot + 16 * static_cast<double>(i)}, notes[i],
             {.size = 11, .colour = "#555555"});
  return svg.text();
}

}  // namespace seedbed::analysis
