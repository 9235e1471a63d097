#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "store/reader.hpp"
#include "store/statistic.hpp"

namespace seedbed::analysis {

struct Axis {
  std::string name;  ///< As the suite writes it: "optimizer.step".
  std::vector<std::string> labels;
};

/// A stage of results.h5. Cells are row-major over the axes, with holes where the sweep has none.
struct Stage {
  std::string name, kind;
  std::vector<Axis> axes;
  std::size_t replicates = 0, missing_runs = 0;
  std::optional<double> optimum;
  std::string reference_kind, return_units;
  /// Of Monte-Carlo references: the largest relative error, and the one that was asked for.
  std::optional<double> reference_error, reference_error_asked;

  std::vector<bool> in_sweep;  ///< Of each cell.

  std::size_t cells() const;  ///< Holes included.
  bool has(std::size_t cell) const { return in_sweep.empty() || in_sweep.at(cell); }
  /// Index of the label of `cell` on each axis.
  std::vector<std::size_t> place(std::size_t cell) const;
  /// "estimator reinforce, optimizer.step 1e-3", or the name of the stage when it has no axes.
  std::string label(std::size_t cell) const;
};

/// The mean return of a cell over its replicates, with a 95 % interval.
struct Curve {
  std::vector<double> iteration, mean, low, high;
  std::vector<double> median;  ///< Over all replicates, what is not finite being worst; else NaN.
  std::size_t replicates = 0;
  std::vector<std::vector<double>> runs;  ///< [replicate that is there][iteration]
  std::vector<std::size_t> run_number;    ///< Of each, which replicate it is.
  /// First iteration at which a replicate that is there has no finite return. The mean is NaN from
  /// there on: a mean of the survivors would look better than the cell is.
  std::optional<double> broke_at;
};

/// Where the variance of one contribution comes from, in a gradient stage.
struct Sources {
  std::vector<std::string> labels;  ///< "initial", "action 0", "transition 0", ...
  std::vector<double> parts;        ///< [cell][estimator][label], mean over replicates
};

/// What a report is made of, read from results.h5.
class Results {
 public:
  explicit Results(const std::filesystem::path& results_h5);  ///< Throws Error (exit 5).

  const std::string& title() const { return title_; }
  const std::string& suite_hash() const { return suite_hash_; }
  const std::string& seed() const { return seed_; }
  const std::vector<Stage>& stages() const { return stages_; }
  /// Whether replicate r of one cell has the noise of replicate r of another one.
  bool has_common_noise() const { return has_common_noise_; }

  Curve curve(const Stage& stage, std::size_t cell) const;
  /// Of each replicate of a cell, whether its run ended since something was not finite.
  std::vector<bool> broke_off(const Stage& stage, std::size_t cell) const;
  /// A dataset of a stage over its axes and replicates: [replicate] of a cell; empty when absent.
  std::vector<double> replicates(const Stage& stage, std::size_t cell,
                                 const std::string& quantity) const;
  /// A quantity of /summary/<stage>, one number per cell (and estimator); empty when absent.
  std::vector<double> summary(const Stage& stage, const std::string& quantity) const;
  std::vector<std::string> quantities(const Stage& stage) const;  ///< What summary() knows.
  std::vector<std::string> estimators(const Stage& stage) const;  ///< Of a gradient stage.
  /// For people: "reward²" of reward2; "1" where it says none.
  std::string units(const std::string& dataset) const;
  /// Of a gradient stage, over replicates, per cell and estimator; empty when absent.
  std::vector<Interval> variance_times_seconds(const Stage& stage) const;
  Sources sources(const Stage& stage) const;              ///< No labels where nothing was split.
  std::string provenance(const std::string& name) const;  ///< "" when absent.

 private:
  std::vector<double> reals(const std::string& path) const;  ///< Empty when absent.
  Stage read_stage(const std::string& name) const;
  std::optional<double> largest(const std::string& path) const;  ///< None: absent, or all NaN.

  Reader reader_;
  std::string title_, suite_hash_, seed_;
  bool has_common_noise_ = false;
  std::vector<Stage> stages_;
};

}  // namespace seedbed::analysis
