#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/declaration.hpp"

namespace seedbed {

/// One dimension of a sweep: a name such as "optimizer.step", and the label of each of its points.
struct CollectAxis {
  std::string name;
  std::vector<std::string> labels;
  /// Axes that advance together along it, each with its label at every point ("": none): auxiliary
  /// coordinates. Empty: it is one axis.
  std::vector<CollectAxis> together = {};
};

/// A run file and the @task that it must carry ("": any).
struct CollectRun {
  std::filesystem::path file;
  std::string task;
};

struct CollectCell {
  std::string name;                    ///< @cell of its runs.
  std::vector<CollectRun> replicates;  ///< In order: replicate 0, 1, ...
  std::uint64_t index = 0;             ///< Its place, row-major over the axes.
  /// (axis, label), for /tasks.
  std::vector<std::pair<std::string, std::string>> coordinates = {};
};

/// The cells of a stage in the product of `axes`; without axes it is one cell. Where no cell lies
/// is a hole, which is not a cell of the sweep.
struct CollectStage {
  std::string name, kind;  ///< "learn", "gradient" or "evaluate"
  std::vector<CollectAxis> axes;
  std::vector<CollectCell> cells;
  std::optional<double> optimum;  ///< Largest J, where it is known.
};

struct CollectHeader {
  std::string title, suite_hash;
  std::vector<std::pair<std::string, std::string>> provenance;
};

/// Writes the results file: per stage a labelled hypercube (axis..., replicate, ...) of every
/// quantity in /learning, /gradient or /evaluation, the last theta, /timing/<stage>, /tasks and
/// /summary.
///
/// Scales are merged: numbers in ascending order, names in the order that they appear; what a run
/// does not have is NaN. An axis is named by its letters and digits, others becoming '_', since
/// that is what `.sel(optimizer_step="1e-3")` can say; @long_name keeps the name as written.
/// `in_sweep` (axes) is 0 at holes; there, and where a run is missing, `present` is 0 and all is
/// NaN.
///
/// A run that is missing, damaged or not the one expected is an Error (exit 5), unless `partial`;
/// then it is NaN, `present` is 0 and /tasks says why.
void collect(const std::vector<CollectStage>& stages, const CollectHeader& header,
             const std::filesystem::path& output, bool partial = false);

/// What it writes, but for /provenance, by writer. <stage>: the name of a stage; <axes>: the axes
/// of the sweep; <name>: of a dataset of the runs, and <dims>, <units>, <long_name> what they say
/// of it.
std::vector<Declarations> collected_datasets();

}  // namespace seedbed
