#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/report/curves.hpp"
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

/// Mean return against iteration, one line per cell with a band of its 95 % interval, bands that
/// hold whole curves and single replicates on demand. What diverged leaves the panel, and a note
/// says so.
std::optional<Figure> learning_curves(const Results& results, const Stage& stage,
                                      const Curves& all);
/// Final return of every replicate and its mean, per cell.
std::optional<Figure> returns_figure(const Results& results, const Stage& stage, const Curves& all);
/// Shares of replicates are shown of so many at least, with intervals from so many resamples.
inline constexpr std::size_t least_of_shares = 3;
inline constexpr std::uint32_t resamples_of_shares = 2000;

/// Share of replicates whose final return is above each level (performance profile).
std::optional<Figure> profiles_figure(const Results& results, const Stage& stage,
                                      const Curves& all);
/// Probability that a replicate of the row ends above one of the column, in each panel.
std::optional<Figure> pairwise_figure(const Results& results, const Stage& stage,
                                      const Curves& all);

/// Of an evaluate stage: return of every replicate, its mean, the exact J.
std::optional<Figure> evaluation_figure(const Results& results, const Stage& stage);

/// Of a gradient stage, per estimator, each nothing where the file has no such numbers: variance,
/// bias and mean squared error; cosine and signal to noise; variance per unit of cost.
std::optional<Figure> error_figure(const Results& results, const Stage& stage);
std::optional<Figure> signal_figure(const Results& results, const Stage& stage);
std::optional<Figure> cost_figure(const Results& results, const Stage& stage);

/// Of a gradient stage with sources: the parts of the variance of one contribution, per estimator
/// all together, and by the step that they come from.
std::optional<Figure> sources_figure(const Results& results, const Stage& stage);
std::optional<Figure> sources_by_step_figure(const Results& results, const Stage& stage);

/// A layer of a spec: a mark for the points whose column `kind` says so.
Json layer(const std::string& kind, const Json& mark, const Json& encoding);

/// `plot` once for every panel, which the points have as `panel`; of one panel itself.
Json in_panels(const Json& plot, const std::vector<std::string>& panels);

/// "n = 50 replicates"
std::string n_replicates(const Stage& stage);

/// "return (reward)"
std::string return_title(const Stage& stage);

/// Puts a figure together: `spec` has the marks; $schema, data, look, title and notes are added.
Figure make_figure(Figure figure, const Points& points, Json spec);

/// What every figure of a stage ends with: its name in the title where there are several stages,
/// runs that are missing, the origin.
void sign(Figure& figure, const Results& results, const Stage& stage);

/// "seed 7 · suite 0123456789ab · <title>", the last note of every figure.
std::string origin(const Results& results);

}  // namespace analysis
}  // namespace seedbed
