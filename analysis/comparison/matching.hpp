#pragma once
#include <string>
#include <utility>
#include <vector>

#include "analysis/comparison/replicates.hpp"
#include "analysis/statistics/estimate.hpp"

namespace seedbed::comparison {

struct ComparisonSettings {
  std::string metric;     ///< "": the usual one of each stage.
  std::string stage;      ///< "": all that have it.
  std::string reference;  ///< Of one file: part of the label of the cell that is A; "": the first.
  double level = 0.95;
  std::optional<double> reach = {};  ///< Instead of a metric: steps until learning has this return.
};

/// What is to be compared with what in a stage: A first.
struct MatchedStage {
  std::string stage, kind;
  Metric metric;
  bool on_common_noise = false;  ///< Replicate r of A and of B.
  std::vector<std::pair<Group, Group>> pairs;
  std::vector<std::string> notes;     ///< What has no counterpart.
  double horizon = statistics::none;  ///< Of steps to a level.
};

/// Where groups have `reach`: values are min(steps, horizon), the same horizon for all: the
/// earliest end of a replicate that was censored, or the last step at which one reached the level.
void restrict_steps(MatchedStage& stage);

/// Cells of the same coordinates in A and B, stages matched by name; where one side has a single
/// cell, it against all of the other. Throws Error when nothing matches, and says why.
std::vector<MatchedStage> matched_between(const ResultsFile& a, const ResultsFile& b,
                                          const ComparisonSettings& settings);

/// The cells of one file against one of them; estimators of a gradient stage against the first one
/// in the same cell. A stage of one cell has it as a pair with itself. Throws Error when there is
/// no such stage, metric or cell.
std::vector<MatchedStage> matched_within(const ResultsFile& file,
                                         const ComparisonSettings& settings);

}  // namespace seedbed::comparison
