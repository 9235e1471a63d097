#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison/comparison.hpp"
#include "analysis/report/table.hpp"

namespace seedbed::comparison {

/// The difference that a plan is to find.
struct Effect {
  double relative = 0.1;           ///< Of |mean A|; of a metric that is a ratio, the factor - 1.
  std::optional<double> absolute;  ///< In the metric's unit, instead.
};

struct PlanSettings {
  ComparisonSettings what;
  Effect effect;
  double power = 0.8, alpha = 0.05;
};

/// How many replicates the comparison of two cells takes.
struct PlanRow {
  std::string a, b;  ///< Labels; b "" when there is one cell: another of the same spread.
  std::vector<std::pair<std::string, std::string>> coordinates;  ///< Of B's cell.
  std::size_t have = 0, broken = 0;
  bool is_paired = false;
  double effect = statistics::none;      ///< In the metric's unit, or a factor.
  double spread = statistics::none;      ///< Of a difference of two replicates; of its logarithm.
  std::optional<std::size_t> need = {};  ///< None: more than 10^6, or not known (spread is NaN).
  /// The same with the ends of the spread's 95 % interval, and at alpha over the number of rows.
  std::optional<std::size_t> need_least = {}, need_most = {}, need_corrected = {};
  double power_now = statistics::none;
};

struct StagePlan {
  std::string stage, kind;
  Metric metric;
  std::vector<PlanRow> rows;
  double power, alpha;
  Effect effect;
};

/// For the comparisons that compare(file) makes, from the spread of the replicates that are there.
/// Throws Error as it does, and where effect or power are out of range.
std::vector<StagePlan> plan_replicates(const ResultsFile& file, const PlanSettings& settings);

analysis::Table table_of(const StagePlan& plan);
std::string verdict(const StagePlan& plan);  ///< "To detect 10 % at 80 % you need ..."
std::string json_of(const std::vector<StagePlan>& plans, const ResultsFile& file);

}  // namespace seedbed::comparison
