#include "analysis/report/panel.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/report/number.hpp"
#include "analysis/report/palette.hpp"

namespace seedbed::analysis {

namespace {

const Stroke grid{"#e4e4e4", 1, ""}, frame_line{"#666666", 1, ""};

/// The axis of the panels: of the axes with two or more values the one with the fewest, if there
/// are two such axes at least; -1: one panel.
std::ptrdiff_t panel_axis(const Stage& stage) {
  std::ptrdiff_t best = -1;
  std::size_t active = 0;
  for (std::size_t i = 0; i < stage.axes.size(); ++i) {
    const std::size_t size = stage.axes[i].labels.size();
    if (size < 2) continue;
    ++active;
    if (best < 0 || size < stage.axes[static_cast<std::size_t>(best)].labels.size())
      best = static_cast<std::ptrdiff_t>(i);
  }
  return active >= 2 ? best : -1;
}

// At most about 400 points: of each bin its lowest and its highest, in order.
std::vector<std::size_t> thinned(const std::vector<double>& values) {
  constexpr std::size_t bins = 200;
  std::vector<std::size_t> kept;
  const std::size_t bin = std::max<std::size_t>(1, (values.size() + bins - 1) / bins);
  for (std::size_t from = 0; from < values.size(); from += bin) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(from);
    const auto last = values.begin() + static_cast<std::ptrdiff_t>(std::min(from + bin,
                                                                            values.size()));
    if (bin <= 2) {
      for (auto i = first; i != last; ++i) kept.push_back(std::size_t(i - values.begin()));
      continue;
    }
    const auto [low, high] = std::minmax_element(first, last);
    const auto a = std::size_t(std::min(low, high) - values.begin());
    const auto b = std::size_t(std::max(low, high) - values.begin());
    kept.push_back(a);
    if (b != a) kept.push_back(b);
  }
  if (!values.empty() && kept.back() != values.size() - 1) kept.push_back(values.size() - 1);
  return kept;
}

/// Pixels of the values; clamped to far outside of the panel where they are.
struct Place {
  const PanelFrame& frame;
  const Scale &x, &y;
  Point operator()(double iteration, double value) const {
    const double up = std::clamp(y(value), -5.0, 6.0);
    return {frame.corner.x + x(iteration) * frame.width,
            frame.corner.y + (1 - up) * frame.height};
  }
};

void draw_band(Svg& svg, const Line& line, const Place& place,
               const std::vector<std::size_t>& points, double opacity) {
  std::vector<Point> upper, lower;
  const auto flush = [&] {
    upper.insert(upper.end(), lower.rbegin(), lower.rend());
    if (upper.size() >= 4) svg.polygon(upper, line_style(line.style).colour, opacity);
    upper.clear();
    lower.clear();
  };
  for (const std::size_t i : points) {
    const Curve& c = line.curve;
    if (!std::isfinite(c.low[i]) || !std::isfinite(c.high[i])) {
      flush();
      continue;
    }
    upper.push_back(place(c.iteration[i], c.high[i]));
    lower.push_back(place(c.iteration[i], c.low[i]));
  }
  flush();
}

// The mean as far as there is one; a cross where it breaks; from there the median, thin.
void draw_line(Svg& svg, const Line& line, const Place& place,
               const std::vector<std::size_t>& kept) {
  const Curve& c = line.curve;
  const Stroke stroke = line_style(line.style);
  std::vector<Point> mean, median;
  std::ptrdiff_t last = -1;
  for (const std::size_t i : kept) {
    const bool has_mean = std::isfinite(c.mean[i]);
    const Point nowhere{place(c.iteration[i], 0).x, NAN};
    mean.push_back(has_mean ? place(c.iteration[i], c.mean[i]) : nowhere);
    const bool shows_median = !has_mean && std::isfinite(c.median[i]);
    median.push_back(shows_median ? place(c.iteration[i], c.median[i]) : nowhere);
    if (has_mean) last = static_cast<std::ptrdiff_t>(i);
  }
  svg.polyline(mean, stroke);
  svg.polyline(median, {stroke.colour, 0.8, ""});
  if (!c.broke_at || last < 0) return;
  const auto i = static_cast<std::size_t>(last);
  Point end = place(c.iteration[i], c.mean[i]);
  end.y = std::clamp(end.y, place.frame.corner.y + 6,
                     place.frame.corner.y + place.frame.height - 6);
  svg.cross(end, 4, {stroke.colour, 2, ""});
}

void draw_axes(Svg& svg, const PanelFrame& frame, const Scale& x, const Scale& y) {
  const double left = frame.corner.x, top = frame.corner.y, right = left + frame.width,
               bottom = top + frame.height;
  for (const Tick& tick : y.ticks(5)) {
    const double at = bottom - y(tick.value) * frame.height;
    svg.line({left, at}, {right, at}, grid);
    if (frame.has_y_labels)
      svg.text({left - 7, at + 4}, tick.label, {.size = 11, .anchor = Anchor::end});
  }
  for (const Tick& tick : x.ticks(frame.width < 320 ? 4 : 6)) {
    const double at = left + x(tick.value) * frame.width;
    svg.line({at, bottom}, {at, bottom + 4}, frame_line);
    svg.text({at, bottom + 17}, tick.label, {.size = 11, .anchor = Anchor::middle});
  }
  svg.line({left, bottom}, {right, bottom}, frame_line);
  svg.line({left, top}, {left, bottom}, frame_line);
  if (frame.has_x_label)
    svg.text({left + frame.width / 2, bottom + 34}, "iteration",
             {.size = 12, .anchor = Anchor::middle});
}

}  // namespace

Panels panels_of(const Results& results, const Stage& stage) {
  const std::ptrdiff_t by = panel_axis(stage);
  const auto diverged = results.summary(stage, "diverged");
  Panels all;
  for (std::size_t cell = 0, first = stage.cells(); cell < stage.cells(); ++cell) {
    if (!stage.has(cell)) continue;
    first = std::min(first, cell);
    const auto at = stage.place(cell);
    Line line;
    std::size_t panel = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const Axis& axis = stage.axes[i];
      if (static_cast<std::ptrdiff_t>(i) == by) {
        panel = at[i];
      } else if (axis.labels.size() > 1) {
        line.style = line.style * axis.labels.size() + at[i];
        line.label += (line.label.empty() ? "" : ", ") + axis.labels[at[i]];
        if (cell == first) all.legend_title += (all.legend_title.empty() ? "" : ", ") + axis.name;
      }
    }
    if (all.panels.size() <= panel) all.panels.resize(panel + 1);
    if (by >= 0) {
      const Axis& axis = stage.axes[static_cast<std::size_t>(by)];
      all.panels[panel].title = axis.name + " = " + axis.labels[panel];
    }
    if (line.style >= palette_size) {
      ++all.left_out;
      continue;
    }
    const auto has_style = [&](const Line& each) { return each.style == line.style; };
    if (std::ranges::none_of(all.legend, has_style)) all.legend.push_back(line);
    line.curve = results.curve(stage, cell);
    line.diverged = line.curve.broke_at || (cell < diverged.size() && diverged[cell] > 0);
    all.panels[panel].lines.push_back(std::move(line));
  }
  return all;
}

void draw_panel(Svg& svg, const Panel& panel, const PanelFrame& frame, const Scale& x,
                const Scale& y, const Stage& stage) {
  draw_axes(svg, frame, x, y);
  if (!panel.title.empty())
    svg.text({frame.corner.x + frame.width / 2, frame.corner.y - 9}, panel.title,
             {.size = 12, .anchor = Anchor::middle, .weight = 600});
  const Place place{frame, x, y};
  svg.begin_clip({frame.corner.x, frame.corner.y - 1}, frame.width + 6, frame.height + 2);
  std::vector<std::vector<std::size_t>> kept;
  const double opacity = panel.lines.size() > 6 ? 0.07 : 0.16;
  for (const Line& line : panel.lines) {
    kept.push_back(thinned(line.curve.broke_at ? line.curve.median : line.curve.mean));
    draw_band(svg, line, place, kept.back(), opacity);
  }
  if (stage.optimum) {
    const double at = place(x.low(), *stage.optimum).y;
    svg.line({frame.corner.x, at}, {frame.corner.x + frame.width, at}, {"#777777", 1.2, "1 3"});
    const double label = at < frame.corner.y + 16 ? at + 12 : at - 5;
    if (frame.has_y_labels)
      svg.text({frame.corner.x + 6, label}, "optimum " + rounded(*stage.optimum, 5),
               {.size = 10, .colour = "#666666"});
  }
  for (std::size_t i = 0; i < panel.lines.size(); ++i)
    draw_line(svg, panel.lines[i], place, kept[i]);
  svg.end_clip();
}

}  // namespace seedbed::analysis
