#pragma once
#include <string>
#include <vector>

#include "analysis/comparison/comparison.hpp"
#include "analysis/report/table.hpp"

namespace seedbed::comparison {

/// What A and B are called: "A" and "B" of two files; "" in one file, where each is a cell.
struct Names {
  std::string a, b;
};

/// One row per cell: both sides, difference or ratio with interval, p after Holm, probability of
/// improvement.
analysis::Table table_of(const StageComparison& stage, const Names& names);

/// The answer of a stage in words.
std::string verdict(const StageComparison& stage, const Names& names);

/// Median curves of both sides of each row as sparklines, for a terminal so many columns wide; ""
/// where there are no curves or no room.
std::string sparklines(const StageComparison& stage, std::size_t columns);

/// All rows of all stages, numbers in full.
analysis::Table flat_table(const std::vector<StageComparison>& stages);

/// Two results and how they compare, as JSON; what is not finite is null.
std::string json_of(const std::vector<StageComparison>& stages, const Names& names,
                    const std::vector<ResultsFile>& files);

}  // namespace seedbed::comparison
