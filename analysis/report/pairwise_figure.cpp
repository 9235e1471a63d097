#include <algorithm>
#include <cmath>

#include "analysis/report/figure.hpp"
#include "analysis/statistics/bootstrap.hpp"
#include "analysis/statistics/improvement.hpp"
#include "analysis/statistics/resampler.hpp"

namespace seedbed::analysis {

namespace {

/// P(row > column). On common noise the same replicates are drawn for both.
statistics::Estimate improvement(const CurveLine& row, const CurveLine& column, bool is_common,
                                 const statistics::Bootstrap& settings) {
  const statistics::Scores x = row.final_scores(), y = column.final_scores();
  const statistics::Improvement above(x, y);
  if (is_common && row.curve.run_number == column.curve.run_number)
    return statistics::bootstrap(
        statistics::Statistic([&](const statistics::Counts& c) { return above(c, c); }),
        statistics::common_sample(x), settings);
  return statistics::bootstrap(statistics::PairStatistic(above), statistics::common_sample(x),
                               statistics::common_sample(y), settings);
}

/// What stands for a series: its number on the columns, number and name on the rows.
struct Place {
  std::string row, column;
};

Place place_of(const Curves& all, const CurveLine& line) {
  const auto at = std::ranges::find(all.series.labels, line.label) - all.series.labels.begin();
  const std::string number = std::to_string(at + 1);
  return {number + "  " + line.label, number};
}

Points points_of(const Results& results, const Curves& all) {
  Points points({{"row", false},
                 {"column", false},
                 {"panel", false},
                 {"share", true},
                 {"lower", true},
                 {"upper", true},
                 {"decided", true}});
  const statistics::Bootstrap settings{.key = statistics::key_of(results.suite_hash()),
                                       .resamples = resamples_of_shares};
  const auto add = [&](const CurveLine& row, const CurveLine& column,
                       const statistics::Estimate& p) {
    const double decided = p.lower > 0.5 || p.upper < 0.5;
    points.add({place_of(all, row).row, place_of(all, column).column, row.panel, p.value, p.lower,
                p.upper, decided});
  };
  for (std::size_t i = 0; i < all.lines.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const CurveLine &row = all.lines[i], &column = all.lines[j];
      if (row.panel != column.panel || row.final_return.size() < least_of_shares ||
          column.final_return.size() < least_of_shares)
        continue;
      const auto p = improvement(row, column, results.has_common_noise(), settings);
      add(row, column, p);
      add(column, row, {1 - p.value, 1 - p.upper, 1 - p.lower});
    }
  return points;
}

Json matrix_of(const Curves& all) {
  Json rows = Json::array(), columns = Json::array();
  for (std::size_t i = 0; i < all.series.labels.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    rows.push_back(number + "  " + all.series.labels[i]);
    columns.push_back(number);
  }
  const auto place = [](const char* field, const Json& domain) {
    return Json{{"field", field},
                {"type", "nominal"},
                {"title", nullptr},
                {"scale", {{"domain", domain}}},
                {"axis", {{"labelAngle", 0}, {"ticks", false}, {"domain", false}}}};
  };
  const Json x = place("column", columns);
  const Json y = place("row", rows);
  const auto number = [](const char* field, const char* title) {
    return Json{{"field", field}, {"type", "quantitative"}, {"title", title}, {"format", ".3f"}};
  };
  return {
      {"width", {{"step", 44}}},
      {"height", {{"step", 24}}},
      {"layer",
       {{{"mark", {{"type", "rect"}}},
         {"encoding",
          {{"x", x},
           {"y", y},
           {"color",
            {{"field", "share"},
             {"type", "quantitative"},
             {"legend", nullptr},
             {"scale", {{"domain", {0, 0.5, 1}}, {"range", {"#D55E00", "#f2f2f2", "#0072B2"}}}}}},
           {"tooltip",
            {{{"field", "row"}, {"title", "row"}},
             {{"field", "column"}, {"title", "column"}},
             number("share", "P(row > column)"),
             number("lower", "from"),
             number("upper", "to")}}}}},
        {{"mark", {{"type", "text"}, {"fontSize", 11}}},
         {"encoding",
          {{"x", x},
           {"y", y},
           {"text", {{"field", "share"}, {"type", "quantitative"}, {"format", ".2f"}}},
           {"color",
            {{"condition", {{"test", "abs(datum.share - 0.5) > 0.3"}, {"value", "#ffffff"}}},
             {"value", "#1c1f22"}}}}}},
        {{"transform", {{{"filter", "datum.decided == 1"}}}},
         {"mark", {{"type", "text"}, {"fontSize", 14}, {"dx", 18}, {"dy", -3}, {"text", "•"}}},
         {"encoding",
          {{"x", x},
           {"y", y},
           {"color",
            {{"condition", {{"test", "abs(datum.share - 0.5) > 0.3"}, {"value", "#ffffff"}}},
             {"value", "#1c1f22"}}}}}}}}};
}

}  // namespace

std::optional<Figure> pairwise_figure(const Results& results, const Stage& stage,
                                      const Curves& all) {
  const Points points = points_of(results, all);
  if (points.empty()) return std::nullopt;
  const std::string pairing =
      results.has_common_noise() ? ", drawn together: they share noise" : "";
  Figure figure{
      "pairwise",
      "Who ends above whom",
      "Probability that a replicate of the row has a higher final return than one of the column, "
      "stage " +
          stage.name + ".",
      {"Numbers: P(row > column) over all pairs of " + n_replicates(stage) +
           ", a tie counting half (Mann–Whitney); what diverged is below all else.",
       "•: the 95 % interval is off ½; percentiles of " + std::to_string(resamples_of_shares) +
           " resamples of whole replicates" + pairing +
           " (bootstrap, key: suite). Each pair alone: not corrected for their number."},
      {},
      {}};
  sign(figure, results, stage);
  return make_figure(std::move(figure), points, in_panels(matrix_of(all), all.panels));
}

}  // namespace seedbed::analysis
