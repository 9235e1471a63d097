#include <algorithm>
#include <cmath>

#include "analysis/report/figure.hpp"
#include "analysis/report/scale.hpp"
#include "analysis/statistics/bootstrap.hpp"
#include "analysis/statistics/profile.hpp"
#include "analysis/statistics/resampler.hpp"

namespace seedbed::analysis {

namespace {

constexpr std::size_t most_levels = 60;

Scale final_scale(const Curves& all) {
  std::vector<double> values;
  for (const CurveLine& line : all.lines)
    for (const double x : line.final_return)
      if (std::isfinite(x)) values.push_back(x);
  return Scale::over(values);
}

/// A step of the profile at each of its own returns, between the ends of the axis.
std::vector<double> levels_of(const CurveLine& line, const Scale& x) {
  std::vector<double> finite = line.final_return;
  std::erase_if(finite, [](double value) { return !std::isfinite(value); });
  std::vector<double> levels{x.low()};
  if (!finite.empty()) {
    const auto steps = statistics::profile_levels(statistics::one_task(finite), most_levels);
    levels.insert(levels.end(), steps.begin(), steps.end());
  }
  levels.push_back(x.high());
  return levels;
}

void add_profile(const CurveLine& line, const Scale& x, std::uint64_t key, Points& points) {
  const statistics::Scores scores = line.final_scores();
  const std::vector<double> levels = levels_of(line, x);
  const auto shares = statistics::bootstrap(
      statistics::CurveStatistic(statistics::Profile(scores, levels)), levels.size(),
      statistics::common_sample(scores), {.key = key, .resamples = resamples_of_shares});
  for (std::size_t i = 0; i < levels.size(); ++i)
    points.add(
        {line.label, line.panel, levels[i], shares[i].value, shares[i].lower, shares[i].upper});
}

Json layers_of(const Curves& all, const Stage& stage, const Scale& scale) {
  const Json x = scale.encoding("level", "final " + return_title(stage));
  const Json y{{"field", "share"},
               {"type", "quantitative"},
               {"title", "share of replicates above"},
               {"scale", {{"domain", {0, 1}}}},
               {"axis", {{"format", "%"}, {"tickCount", 5}}}};
  Json lower = y;
  lower["field"] = "lower";
  const double opacity = all.series.labels.size() > 6 ? 0.07 : 0.14;
  const Json colour = all.series.colour();
  return {
      {{"mark", {{"type", "area"}, {"opacity", opacity}, {"interpolate", "step-after"}}},
       {"encoding", {{"x", x}, {"y", lower}, {"y2", {{"field", "upper"}}}, {"color", colour}}}},
      {{"mark", {{"type", "line"}, {"strokeWidth", 2}, {"interpolate", "step-after"}}},
       {"encoding", {{"x", x}, {"y", y}, {"color", colour}, {"strokeDash", all.series.dash()}}}}};
}

}  // namespace

std::optional<Figure> profiles_figure(const Results& results, const Stage& stage,
                                      const Curves& all) {
  const Scale x = final_scale(all);
  Points points({{"series", false},
                 {"panel", false},
                 {"level", true},
                 {"share", true},
                 {"lower", true},
                 {"upper", true}});
  const std::uint64_t key = statistics::key_of(results.suite_hash());
  for (const CurveLine& line : all.lines)
    if (line.final_return.size() >= least_of_shares) add_profile(line, x, key, points);
  if (points.empty()) return std::nullopt;
  Json spec{{"params", {hidden_parameter()}},
            {"transform", {shown_only()}},
            {"usermeta", {{"series", all.series.meta()}}}};
  spec.update(in_panels({{"width", all.panels.size() == 1 ? 500 : 250},
                         {"height", all.panels.size() == 1 ? 260 : 200},
                         {"layer", layers_of(all, stage, x)}},
                        all.panels));
  Figure figure{
      "profiles",
      "Performance profiles",
      "Share of replicates whose final return is above each level, stage " + stage.name + ".",
      {"Lines: share of " + n_replicates(stage) +
           " whose return over the last tenth of the iterations is above the "
           "level; what diverged is above none.",
       "Bands: 95 % at each level, percentiles of " + std::to_string(resamples_of_shares) +
           " resamples of whole replicates (bootstrap, key: suite)."},
      {},
      {}};
  sign(figure, results, stage);
  return make_figure(std::move(figure), points, spec);
}

}  // namespace seedbed::analysis
