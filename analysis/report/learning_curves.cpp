#include <algorithm>
#include <cmath>
#include <diagnostics/evenly.hpp>

#include "analysis/report/curves.hpp"
#include "analysis/report/figure.hpp"
#include "analysis/report/number.hpp"
#include "analysis/report/scale.hpp"
#include "analysis/report/series.hpp"
#include "analysis/statistics/band.hpp"
#include "analysis/statistics/resampler.hpp"

namespace seedbed::analysis {

namespace {

/// Where returns lie: what diverged does not stretch the axis beyond its start, and a wide band no
/// further than by half of what the means span.
Scale return_scale(const Curves& all, const Stage& stage) {
  std::vector<double> values;
  const bool all_diverged = std::ranges::all_of(all.lines, &CurveLine::diverged);
  if (stage.optimum) values.push_back(*stage.optimum);
  for (const CurveLine& line : all.lines) {
    values.push_back(line.curve.mean.front());
    if (line.curve.median.back() >= line.curve.mean.front())
      values.push_back(line.curve.median.back());
    if (line.diverged && !all_diverged) continue;
    values.insert(values.end(), line.curve.mean.begin(), line.curve.mean.end());
  }
  std::erase_if(values, [](double x) { return !std::isfinite(x); });
  if (values.empty()) return Scale::over(values);
  const auto [least, most] = std::ranges::minmax(values);
  const double room = (most - least) / 2, low = least - room, high = most + room;
  for (const CurveLine& line : all.lines) {
    if (line.diverged) continue;
    for (const double x : line.curve.low)
      if (std::isfinite(x)) values.push_back(std::max(x, low));
    for (const double x : line.curve.high)
      if (std::isfinite(x)) values.push_back(std::min(x, high));
  }
  return Scale::over(values);
}

Scale iteration_scale(const Curves& all) {
  double first = INFINITY, last = -INFINITY;
  for (const CurveLine& line : all.lines) {
    first = std::min(first, line.curve.iteration.front());
    last = std::max(last, line.curve.iteration.back());
  }
  return Scale(Scale::Kind::linear, first, std::max(last, first + 1));
}

constexpr std::size_t mean_points = 150, run_points = 60, all_run_points = 24000;

/// Bands that hold the whole mean curve, of the points that are shown.
void add_whole_curve(const CurveLine& line, std::uint64_t key, Points& points) {
  const Curve& c = line.curve;
  std::vector<std::size_t> shown = evenly(c.mean.size(), mean_points);
  std::erase_if(shown, [&](std::size_t i) { return !std::isfinite(c.mean[i]); });
  if (shown.empty() || c.runs.size() < 2) return;
  statistics::Scores curves(static_cast<Eigen::Index>(c.runs.size()),
                            static_cast<Eigen::Index>(shown.size()));
  for (Eigen::Index r = 0; r < curves.rows(); ++r)
    for (Eigen::Index i = 0; i < curves.cols(); ++i)
      curves(r, i) = c.runs[static_cast<std::size_t>(r)][shown[static_cast<std::size_t>(i)]];
  if (!curves.isFinite().all()) return;
  const statistics::Band band = statistics::simultaneous_band(curves, {.key = key});
  for (std::size_t i = 0; i < shown.size(); ++i)
    points.add({line.label, line.panel, "whole", NAN, c.iteration[shown[i]], band.value[i],
                band.lower[i], band.upper[i]});
}

Points points_of(const Curves& all, const Stage& stage, const Scale& y, std::uint64_t key) {
  Points points({{"series", false},
                 {"panel", false},
                 {"kind", false},
                 {"replicate", true},
                 {"iteration", true},
                 {"return", true},
                 {"lower", true},
                 {"upper", true}});
  if (stage.optimum)
    for (const std::string& panel : all.panels)
      points.add({"", panel, "optimum", NAN, NAN, *stage.optimum, NAN, NAN});
  for (const CurveLine& line : all.lines) {
    const Curve& c = line.curve;
    std::ptrdiff_t last = -1;
    for (const std::size_t i : evenly(c.mean.size(), mean_points)) {
      const bool has_mean = std::isfinite(c.mean[i]);
      if (has_mean) last = static_cast<std::ptrdiff_t>(i);
      if (has_mean || !c.broke_at)
        points.add(
            {line.label, line.panel, "mean", NAN, c.iteration[i], c.mean[i], c.low[i], c.high[i]});
      else if (std::isfinite(c.median[i]))
        points.add({line.label, line.panel, "median", NAN, c.iteration[i], c.median[i], NAN, NAN});
    }
    if (c.broke_at && last >= 0) {
      const auto i = static_cast<std::size_t>(last);
      points.add({line.label, line.panel, "broke", NAN, c.iteration[i],
                  std::clamp(c.mean[i], y.low(), y.high()), NAN, NAN});
    }
  }
  for (const CurveLine& line : all.lines) add_whole_curve(line, key, points);
  const std::size_t each = all_run_points / std::max<std::size_t>(1, all.lines.size() * run_points);
  for (const CurveLine& line : all.lines)
    for (std::size_t r = 0; r < std::min(each, line.curve.runs.size()); ++r)
      for (const std::size_t i : evenly(line.curve.mean.size(), run_points))
        points.add({line.label, line.panel, "replicate", double(line.curve.run_number[r]),
                    line.curve.iteration[i], line.curve.runs[r][i], NAN, NAN});
  return points;
}

Json curve_layer(const std::string& kind, Json mark, const Json& encoding) {
  mark["clip"] = kind != "broke";
  Json one = layer(kind, mark, encoding);
  if (kind == "replicate") one["transform"].push_back({{"filter", "replicates"}});
  if (kind == "whole") one["transform"].push_back({{"filter", "whole_curves"}});
  return one;
}

Json checkbox(const char* name, const char* words) {
  return {{"name", name}, {"value", false}, {"bind", {{"input", "checkbox"}, {"name", words}}}};
}

Json layers_of(const Curves& all, const Stage& stage) {
  const Scale scale = return_scale(all, stage);
  const Json x = iteration_scale(all).encoding("iteration", "iteration"),
             y = scale.encoding("return", return_title(stage)), dash = all.series.dash(),
             colour = all.series.colour();
  Json lower = y;
  lower["field"] = "lower";
  const double opacity = all.series.labels.size() > 6 ? 0.09 : 0.18;
  return {
      curve_layer("mean", {{"type", "area"}, {"opacity", opacity}},
                  {{"x", x}, {"y", lower}, {"y2", {{"field", "upper"}}}, {"color", colour}}),
      curve_layer("whole", {{"type", "area"}, {"opacity", opacity}},
                  {{"x", x}, {"y", lower}, {"y2", {{"field", "upper"}}}, {"color", colour}}),
      curve_layer("replicate", {{"type", "line"}, {"strokeWidth", 0.7}, {"opacity", 0.5}},
                  {{"x", x}, {"y", y}, {"color", colour}, {"detail", {{"field", "replicate"}}}}),
      curve_layer("optimum", {{"type", "rule"}, {"strokeDash", {1, 3}}, {"color", "#888888"}},
                  {{"y", y}}),
      curve_layer("median", {{"type", "line"}, {"strokeWidth", 0.8}},
                  {{"x", x}, {"y", y}, {"color", colour}}),
      curve_layer("mean", {{"type", "line"}, {"strokeWidth", 2}},
                  {{"x", x}, {"y", y}, {"color", colour}, {"strokeDash", dash}}),
      curve_layer("broke", {{"type", "text"}, {"text", "×"}, {"fontSize", 16}},
                  {{"x", x}, {"y", y}, {"color", colour}})};
}

/// What a reader has to know beside the lines.
std::vector<std::string> notes_on(const Curves& all, const Stage& stage) {
  std::vector<std::string> notes{
      "Lines: mean over " + n_replicates(stage) +
      ". Bands: 95 % interval of the mean at each iteration (Student's t)" +
      (stage.replicates > 1 ? "; whole curves: of all iterations at once (signs of replicates' "
                              "residuals flipped, key: suite)."
                            : ".")};
  std::size_t diverged = 0;
  std::string names;
  for (const CurveLine& line : all.lines) {
    if (!line.diverged || ++diverged > 3) continue;
    if (!names.empty()) names += "; ";
    names += line.label + (line.panel.empty() || line.label.empty() ? "" : ", ") + line.panel;
  }
  if (diverged > 3) names += "; " + std::to_string(diverged - 3) + " more";
  if (diverged > 0)
    notes.push_back("Diverged in some replicates" + (names.empty() ? "" : ": " + names) +
                    ". Cut at the edge. × marks the first return that is not finite: from there a "
                    "thin line is the median over all replicates, if more than half are finite.");
  if (return_scale(all, stage).kind() == Scale::Kind::symlog)
    notes.push_back("The return axis is logarithmic on both sides of zero, and linear next to it.");
  if (stage.optimum) notes.push_back("Dotted: the optimum " + rounded(*stage.optimum, 5) + ".");
  if (all.left_out > 0)
    notes.push_back(std::to_string(all.left_out) + " more cells are in the table only.");
  return notes;
}

}  // namespace

std::optional<Figure> learning_curves(const Results& results, const Stage& stage,
                                      const Curves& all) {
  if (all.lines.empty()) return std::nullopt;
  const std::size_t count = all.panels.size();
  Json spec{{"params",
             {hidden_parameter(), checkbox("replicates", "single replicates"),
              checkbox("whole_curves", "bands that hold whole curves")}},
            {"transform", {shown_only()}},
            {"usermeta", {{"series", all.series.meta()}}}};
  spec.update(in_panels({{"width", count == 1   ? 600
                                   : count == 2 ? 370
                                                : 250},
                         {"height", count == 1 ? 340 : 230},
                         {"layer", layers_of(all, stage)}},
                        all.panels));
  Figure figure{"learning_curves",
                "Learning curves",
                "Mean return against iteration with 95 % intervals, stage " + stage.name + ", " +
                    std::to_string(all.lines.size()) + " lines.",
                notes_on(all, stage),
                {},
                {}};
  sign(figure, results, stage);
  return make_figure(
      std::move(figure),
      points_of(all, stage, return_scale(all, stage), statistics::key_of(results.suite_hash())),
      spec);
}

}  // namespace seedbed::analysis
