#pragma once
#include <string>
#include <vector>

#include "analysis/comparison/matching.hpp"
#include "analysis/statistics/difference.hpp"

namespace seedbed::comparison {

/// What one side of a comparison has.
struct Side {
  std::string label;          ///< Of the cell; "" for a stage's only one.
  statistics::Estimate mean;  ///< Over finite replicates; NaN when some are not: it would flatter.
  std::size_t n = 0;          ///< Replicates that are there.
  std::size_t broken = 0;     ///< Of them, those that ended non-finite.
  std::size_t missing = 0;
  std::vector<double> curve;
  /// What holds 90 % of all replicates there could be with 95 % confidence, if they are normal.
  statistics::Estimate tolerance = {};
  std::size_t reached = 0;                 ///< Replicates that got to the level, of steps to one.
  statistics::Estimate median_steps = {};  ///< By Kaplan and Meier.
};

/// B against A in one cell.
struct Row {
  std::vector<std::pair<std::string, std::string>> coordinates;  ///< Of B's cell.
  Side a, b;
  /// mean B - mean A, or for a metric that is a ratio, geometric mean B / geometric mean A.
  statistics::Difference difference;
  bool is_paired = false;  ///< Replicate r of A against replicate r of B, on the same noise.
  /// Some replicate is not finite: the test is of ranks, with those the worst.
  bool is_by_rank = false;
  double p_holm = statistics::none;
  statistics::Estimate improvement;  ///< P(a replicate of B is better); higher where nobody knows.
  /// The true difference (or factor) that as many replicates would find with probability 0.8.
  double detectable = statistics::none;
};

/// A stage of both. Rows are a family: Holm's correction is over them.
struct StageComparison {
  std::string stage, kind;
  Metric metric;
  std::vector<Row> rows;
  std::vector<std::string> notes;  ///< What has no counterpart.
  double level = 0.95;
  double horizon = statistics::none;  ///< Of steps to a level.
};

/// Cells of the same coordinates in A and B; where one side has a single cell, it against all of
/// the other. Stages are matched by name. Throws Error when nothing can be compared, and says why.
std::vector<StageComparison> compare(const ResultsFile& a, const ResultsFile& b,
                                     const ComparisonSettings& settings);
std::vector<StageComparison> compare(const ResultsFile& file, const ComparisonSettings& settings);

/// One row, without p_holm.
Row compared(const Group& a, const Group& b, const Metric& metric, bool on_common_noise,
             double level, std::uint64_t key);

}  // namespace seedbed::comparison
