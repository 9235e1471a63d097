#include "analysis/comparison/plan.hpp"

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/comparison/pairs.hpp"
#include "analysis/statistics/student.hpp"

namespace seedbed::comparison {

namespace {

using namespace statistics;

void expect_settings(const PlanSettings& s) {
  const auto is_share = [](double x) { return x > 0 && x < 1; };
  if (!is_share(s.power) || !is_share(s.alpha))
    throw Error("power: expected --power and --alpha between 0 and 1, got " +
                std::to_string(s.power) + " and " + std::to_string(s.alpha));
  const double effect = s.effect.absolute.value_or(s.effect.relative);
  if (!(effect > 0 && std::isfinite(effect)))
    throw Error("power: expected a positive effect, got " + std::to_string(effect));
}

PlannedTest scaled(PlannedTest test, double factor) {
  test.deviation_x *= factor;
  test.deviation_y *= factor;
  return test;
}

/// The effect on the scale of the test: a difference, or a logarithm.
double effect_of(const Pairs& values, const Effect& effect, bool by_factor) {
  if (by_factor) return std::log1p(effect.relative);
  if (effect.absolute) return *effect.absolute;
  return effect.relative * std::abs(mean_with_interval(values.a).value);
}

PlanRow planned(const Group& a, const Group& b, const MatchedStage& stage,
                const PlanSettings& settings) {
  PlanRow row;
  row.a = a.label();
  if (b.label() != row.a) row.b = b.label();
  row.coordinates = b.coordinates;
  row.broken = b.broken() + (row.b.empty() ? 0 : a.broken());
  Pairs values = pairs_of(a, b, stage.on_common_noise);
  row.have = values.fewest();
  row.is_paired = values.is_paired;
  if (!values.are_finite()) return row;
  const bool by_factor = stage.metric.is_ratio && values.are_positive();
  if (by_factor && settings.effect.absolute)
    throw Error("power: --difference: expected a metric that is no ratio, got " +
                stage.metric.name + "; give --effect");
  if (by_factor) values = logarithms_of(values);
  const double effect = effect_of(values, settings.effect, by_factor);
  const auto test = planned_test(values, settings.alpha);
  if (!test || !(effect > 0)) return row;
  row.effect = by_factor ? std::exp(effect) : effect;
  row.spread = std::hypot(test->deviation_x, test->deviation_y);
  const auto need = [&](const PlannedTest& t) {
    return replicates_needed(t, effect, settings.power);
  };
  const Factors factors = deviation_factors(row.have);
  row.need = need(*test);
  row.need_least = need(scaled(*test, factors.lower));
  row.need_most = need(scaled(*test, factors.upper));
  PlannedTest corrected = *test;
  corrected.alpha /= static_cast<double>(stage.pairs.size());
  row.need_corrected = need(corrected);
  row.power_now = power_of(*test, effect, row.have);
  return row;
}

}  // namespace

std::vector<StagePlan> plan_replicates(const ResultsFile& file, const PlanSettings& settings) {
  expect_settings(settings);
  std::vector<StagePlan> plans;
  for (const MatchedStage& stage : matched_within(file, settings.what)) {
    StagePlan plan{stage.stage,    stage.kind,     stage.metric,   {},
                   settings.power, settings.alpha, settings.effect};
    for (const auto& [a, b] : stage.pairs) plan.rows.push_back(planned(a, b, stage, settings));
    plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace seedbed::comparison
