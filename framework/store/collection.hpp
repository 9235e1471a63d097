#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace seedbed {

/// One axis of a sweep: a name such as "optimizer.step", and the label of each of its values.
struct CollectAxis {
  std::string name;
  std::vector<std::string> labels;
};

/// A run file and the @task that it must carry ("": any).
struct CollectRun {
  std::filesystem::path file;
  std::string task;
};

struct CollectCell {
  std::string name;                   ///< @cell of its runs.
  std::vector<CollectRun> replicates;  ///< In order: replicate 0, 1, ...
};

/// The cells of a stage, row-major over `axes`; without axes it is one cell.
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
/// quantity in /learning, /gradient or /evaluation, the last theta, /timing/<stage>, /tasks and /summary.
///
/// Scales are merged: numbers in ascending order, names in the order that they appear; what a run
/// does not have is NaN. An axis is named by its letters and digits, others becoming '_', since
/// that is what `.sel(optimizer_step="1e-3")` can say; @long_name keeps the name as written.
///
/// A run that is missing, damaged or not the one expected is an Error (exit 5), unless `partial`;
/// then it is NaN, `present` is 0 and /tasks says why.
void collect(const std::vector<CollectStage>& stages, const CollectHeader& header,
             const std::filesystem::path& output, bool partial = false);

}  // namespace seedbed
