#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/report/points.hpp"
#include "analysis/report/results.hpp"

namespace seedbed {

/// A chart: a Vega-Lite spec that holds its points, and what stands below it.
struct Figure {
  std::string name;                ///< Of its files: "learning_curves", without ending.
  std::string title, description;  ///< The latter for those who cannot see it.
  std::vector<std::string> notes;  ///< n, interval, method, seed, suite hash.
  analysis::Json spec;
  std::string csv;  ///< The plotted points.
};

namespace analysis {

/// The figures of a stage, in the order that they are shown; none that the data do not allow.
std::vector<Figure> figures_of(const Results& results, const Stage& stage);

/// Mean return against iteration, one line per cell with a band of its 95 % interval, single
/// replicates on demand. What diverged leaves the panel, and a note says so.
std::optional<Figure> learning_curves(const Results& results, const Stage& stage);

/// Of a gradient stage, per estimator, each nothing where the file has no such numbers: variance,
/// bias and mean squared error; cosine and signal to noise; variance per unit of cost.
std::optional<Figure> error_figure(const Results& results, const Stage& stage);
std::optional<Figure> signal_figure(const Results& results, const Stage& stage);
std::optional<Figure> cost_figure(const Results& results, const Stage& stage);

/// A layer of a spec: a mark for the points whose column `kind` says so.
Json layer(const std::string& kind, const Json& mark, const Json& encoding);

/// Puts a figure together: `spec` has the marks; $schema, data, look, title and notes are added.
Figure make_figure(Figure figure, const Points& points, Json spec);

/// "seed 7 · suite 0123456789ab · <title>", the last note of every figure.
std::string origin(const Results& results);

}  // namespace analysis
}  // namespace seedbed
