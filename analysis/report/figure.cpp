#include "analysis/report/figure.hpp"

#include <algorithm>

#include "analysis/report/series.hpp"
#include "analysis/report/table.hpp"

namespace seedbed::analysis {

namespace {

/// Lines of at most about `columns` characters, broken between words.
std::vector<std::string> folded(const std::string& text, std::size_t columns) {
  std::vector<std::string> lines{""};
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t space = std::min(text.find(' ', from), text.size());
    const std::string word = text.substr(from, space - from);
    if (!lines.back().empty() && width(lines.back()) + 1 + width(word) > columns)
      lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    from = space + 1;
  }
  return lines;
}

}  // namespace

std::vector<Figure> figures_of(const Results& results, const Stage& stage) {
  std::vector<Figure> figures;
  const auto add = [&](std::optional<Figure> figure) {
    if (figure) figures.push_back(std::move(*figure));
  };
  if (stage.kind == "learn") {
    const Curves all = curves_of(results, stage);
    add(learning_curves(results, stage, all));
    add(returns_figure(results, stage, all));
    add(profiles_figure(results, stage, all));
    add(pairwise_figure(results, stage, all));
  }
  if (stage.kind == "gradient") {
    add(error_figure(results, stage));
    add(signal_figure(results, stage));
    add(cost_figure(results, stage));
    add(sources_figure(results, stage));
    add(sources_by_step_figure(results, stage));
  }
  if (stage.kind == "evaluate") add(evaluation_figure(results, stage));
  return figures;
}

Json layer(const std::string& kind, const Json& mark, const Json& encoding) {
  return {{"transform", {{{"filter", "datum.kind == '" + kind + "'"}}}},
          {"mark", mark},
          {"encoding", encoding}};
}

Json in_panels(const Json& plot, const std::vector<std::string>& panels) {
  if (panels.size() < 2) return plot;
  return {
      {"facet", {{"field", "panel"}, {"type", "nominal"}, {"title", nullptr}, {"sort", panels}}},
      {"columns", panels.size() == 2 || panels.size() == 4 ? 2 : 3},
      {"spec", plot}};
}

std::string n_replicates(const Stage& stage) {
  return "n = " + std::to_string(stage.replicates) +
         (stage.replicates == 1 ? " replicate" : " replicates");
}

std::string return_title(const Stage& stage) {
  return "return (" + stage.return_units + ")";
}

Figure make_figure(Figure figure, const Points& points, Json spec) {
  std::vector<std::string> foot;
  for (const std::string& note : figure.notes)
    for (std::string& line : folded(note, 100)) foot.push_back(std::move(line));
  figure.spec = {{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
                 {"description", figure.description},
                 {"title", {{"text", figure.title}, {"subtitle", foot}}},
                 {"config", look()},
                 {"data", points.data()}};
  figure.spec.update(spec);
  figure.csv = points.csv();
  return figure;
}

void sign(Figure& figure, const Results& results, const Stage& stage) {
  if (results.stages().size() > 1) figure.title += ": " + stage.name;
  if (stage.missing_runs > 0)
    figure.notes.push_back(std::to_string(stage.missing_runs) + " runs are missing.");
  figure.notes.push_back(origin(results));
}

std::string origin(const Results& results) {
  const std::string hash = results.suite_hash().substr(0, 12);
  std::string text = results.title();
  if (!results.seed().empty()) text += " · seed " + results.seed();
  return text + (hash.empty() ? "" : " · suite " + hash);
}

}  // namespace seedbed::analysis
