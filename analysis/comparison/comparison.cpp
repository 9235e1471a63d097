#include "analysis/comparison/comparison.hpp"

#include <algorithm>
#include <seedbed/error.hpp>

#include "analysis/statistics/resampler.hpp"

namespace seedbed::comparison {

namespace {

void correct(StageComparison& stage) {
  std::vector<double> p;
  for (const Row& row : stage.rows) p.push_back(row.difference.p);
  const auto adjusted = statistics::holm(p);
  for (std::size_t i = 0; i < p.size(); ++i) stage.rows[i].p_holm = adjusted[i];
}

StageComparison compared(const MatchedStage& matched, double level, std::uint64_t key) {
  StageComparison stage{matched.stage, matched.kind, matched.metric, {},
                        matched.notes, level,        matched.horizon};
  for (const auto& [a, b] : matched.pairs)
    stage.rows.push_back(compared(a, b, matched.metric, matched.on_common_noise, level, key));
  correct(stage);
  return stage;
}

}  // namespace

std::vector<StageComparison> compare(const ResultsFile& a, const ResultsFile& b,
                                     const ComparisonSettings& settings) {
  const std::uint64_t key = statistics::key_of(a.suite_hash() + b.suite_hash());
  std::vector<StageComparison> all;
  for (const MatchedStage& each : matched_between(a, b, settings))
    all.push_back(compared(each, settings.level, key));
  return all;
}

std::vector<StageComparison> compare(const ResultsFile& file, const ComparisonSettings& settings) {
  const std::uint64_t key = statistics::key_of(file.suite_hash());
  std::vector<StageComparison> all;
  for (const MatchedStage& each : matched_within(file, settings))
    if (each.pairs[0].first.label() != each.pairs[0].second.label())
      all.push_back(compared(each, settings.level, key));
  if (all.empty())
    throw Error("expected two cells to compare, or a second folder, got one cell in each stage");
  return all;
}

}  // namespace seedbed::comparison
