#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/report/chart.hpp"
#include "analysis/report/figure.hpp"
#include "analysis/report/series.hpp"

namespace seedbed::analysis {

namespace {

constexpr std::size_t most_cells = 6, most_estimators = 8, most_bars = 40;

/// What a draw decides, and when: "transition 3".
struct Draw {
  std::string what;
  std::size_t step = 0;
};

Draw draw_of(const std::string& label) {
  const std::size_t space = label.find(' ');
  if (space == std::string::npos) return {"start", 0};
  return {label.substr(0, space) + "s", std::stoul(label.substr(space + 1))};
}

const Series draws{"drawn", {"start", "actions", "transitions"}, true};

/// Parts of one estimator in one cell, [kind of draw][bar of `width` steps].
using Parts = std::array<std::vector<double>, 3>;

/// The sources of a stage, step by step.
struct Split {
  Sources sources;
  std::vector<std::string> estimators;
  std::vector<std::size_t> cells;
  std::size_t steps = 0, left_out = 0;  ///< Cells that are not shown.

  Split(const Results& results, const Stage& stage)
      : sources(results.sources(stage)), estimators(results.estimators(stage)) {
    for (const std::string& label : sources.labels)
      steps = std::max(steps, draw_of(label).step + 1);
    for (std::size_t cell = 0; cell < stage.cells(); ++cell) {
      if (!stage.has(cell)) continue;
      if (cells.size() < most_cells)
        cells.push_back(cell);
      else
        ++left_out;
    }
  }

  std::size_t shown() const { return std::min(estimators.size(), most_estimators); }

  /// None where the estimator has no parts.
  std::optional<Parts> parts(std::size_t cell, std::size_t e, std::size_t width) const {
    Parts all;
    all.fill(std::vector<double>((steps + width - 1) / width, 0.0));
    const std::size_t S = sources.labels.size();
    for (std::size_t s = 0; s < S; ++s) {
      const double part = sources.parts.at((cell * estimators.size() + e) * S + s);
      if (!std::isfinite(part)) return std::nullopt;
      const Draw draw = draw_of(sources.labels[s]);
      const auto kind = std::ranges::find(draws.labels, draw.what) - draws.labels.begin();
      all.at(static_cast<std::size_t>(kind))[draw.step / width] += part;
    }
    return all;
  }
};

Points points_of(const Split& split, const Stage& stage, std::size_t width) {
  Points points({{"cell", false},
                 {"estimator", false},
                 {"series", false},
                 {"order", true},
                 {"step", true},
                 {"variance", true}});
  for (const std::size_t cell : split.cells)
    for (std::size_t e = 0; e < split.shown(); ++e) {
      const auto parts = split.parts(cell, e, width);
      if (!parts) continue;
      for (std::size_t k = 0; k < parts->size(); ++k)
        for (std::size_t bar = 0; bar < (*parts)[k].size(); ++bar)
          points.add({cell_label(stage, cell, {}), split.estimators[e], draws.labels[k], double(k),
                      double(bar * width), (*parts)[k][bar]});
    }
  return points;
}

std::string variance_title(const Results& results, const Stage& stage) {
  return "variance (" + results.units("/" + stage.name + "/source_variance") + ")";
}

Json bars(const Json& x, const Json& y) {
  Json colour = draws.colour();
  return {{"mark", {{"type", "bar"}}},
          {"encoding",
           {{"x", x},
            {"y", y},
            {"color", colour},
            {"order", {{"field", "order"}, {"type", "quantitative"}}},
            {"tooltip",
             {{{"field", "estimator"}, {"title", "of"}},
              {{"field", "series"}, {"title", "from"}},
              {{"field", "step"}, {"type", "quantitative"}, {"title", "step"}},
              {{"field", "variance"}, {"type", "quantitative"}, {"format", ".4~g"}}}}}}};
}

/// A plot for each cell, below each other, each with axes of its own.
Json by_cell(const Split& split, const Stage& stage, const Json& plot) {
  if (split.cells.size() < 2) return plot;
  Json all = Json::array();
  for (const std::size_t cell : split.cells) {
    const std::string label = cell_label(stage, cell, {});
    Json one{{"title", {{"text", label}, {"orient", "top"}, {"offset", 6}, {"fontSize", 12}}},
             {"transform", {{{"filter", "datum.cell == " + Json(label).dump()}}}}};
    one.update(plot);
    all.push_back(one);
  }
  return {{"vconcat", all}, {"spacing", 22}};
}

std::optional<Figure> figure_of(const Results& results, const Stage& stage, const Split& split,
                                const Points& points, Figure figure, const Json& plot) {
  if (points.empty()) return std::nullopt;
  figure.notes.insert(
      figure.notes.begin(),
      "Parts of the variance of one contribution (law of total variance), mean over " +
          n_replicates(stage) +
          ", measured by drawing again from each step on; a part near 0 may come out negative. "
          "Standard errors: source_variance_se of results.h5.");
  if (split.estimators.size() > split.shown() || split.left_out > 0)
    figure.notes.push_back("What does not fit is in results.h5 alone.");
  sign(figure, results, stage);
  Json spec{{"params", {hidden_parameter()}},
            {"transform", {shown_only()}},
            {"usermeta", {{"series", draws.meta()}}}};
  spec.update(by_cell(split, stage, plot));
  return make_figure(std::move(figure), points, spec);
}

}  // namespace

std::optional<Figure> sources_figure(const Results& results, const Stage& stage) {
  const Split split(results, stage);
  if (split.steps == 0) return std::nullopt;
  Json plot = bars({{"field", "variance"},
                    {"type", "quantitative"},
                    {"title", variance_title(results, stage)},
                    {"scale", {{"nice", false}}},
                    {"axis", {{"tickCount", 5}}}},
                   {{"field", "estimator"},
                    {"type", "nominal"},
                    {"title", nullptr},
                    {"sort", split.estimators}});
  plot["width"] = 480;
  plot["height"] = {{"step", 24}};
  return figure_of(
      results, stage, split, points_of(split, stage, split.steps),
      {"sources",
       "What the variance comes from",
       "Parts of the variance of one contribution that come from the start, from the actions and "
       "from the transitions, per estimator, stage " +
           stage.name + ".",
       {},
       {},
       {}},
      plot);
}

std::optional<Figure> sources_by_step_figure(const Results& results, const Stage& stage) {
  const Split split(results, stage);
  if (split.steps < 2) return std::nullopt;
  const std::size_t width = (split.steps + most_bars - 1) / most_bars;
  Json plot = bars({{"field", "step"},
                    {"type", "ordinal"},
                    {"title", width > 1 ? "step (sums of " + std::to_string(width) + ")" : "step"},
                    {"axis", {{"labelAngle", 0}, {"labelOverlap", true}}}},
                   {{"field", "variance"},
                    {"type", "quantitative"},
                    {"title", variance_title(results, stage)},
                    {"scale", {{"nice", false}}},
                    {"axis", {{"tickCount", 5}}}});
  plot["width"] = split.shown() > 2 ? 200 : 320;
  plot["height"] = 130;
  Json facet{{"facet",
              {{"field", "estimator"},
               {"type", "nominal"},
               {"title", nullptr},
               {"sort", split.estimators}}},
             {"columns", 4},
             {"spec", plot}};
  return figure_of(results, stage, split, points_of(split, stage, width),
                   {"sources_by_step",
                    "When the variance comes in",
                    "Parts of the variance of one contribution by the step that they come from, "
                    "per estimator, stage " +
                        stage.name + ".",
                    {},
                    {},
                    {}},
                   facet);
}

}  // namespace seedbed::analysis
