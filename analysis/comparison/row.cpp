#include <algorithm>
#include <cmath>

#include "analysis/comparison/comparison.hpp"
#include "analysis/comparison/pairs.hpp"
#include "analysis/statistics/bootstrap.hpp"
#include "analysis/statistics/improvement.hpp"
#include "analysis/statistics/ratio.hpp"
#include "analysis/statistics/student.hpp"
#include "analysis/statistics/tolerance.hpp"

namespace seedbed::comparison {

namespace {

using namespace statistics;
using Values = std::vector<double>;

Difference difference_of(const Pairs& values, double level) {
  return values.is_paired ? paired(values.b, values.a, level) : welch(values.b, values.a, level);
}

/// P(a replicate of B is better), from ranks.
Estimate improvement_of(const Pairs& ranks, Better better, const Bootstrap& settings) {
  if (ranks.fewest() == 0) return {};
  Scores x = one_task(ranks.b), y = one_task(ranks.a);
  if (better == Better::lower) x.swap(y);
  const Improvement above(x, y);
  if (ranks.is_paired)
    return bootstrap([&](const Counts& c) { return above(c, c); }, common_sample(x), settings);
  return bootstrap([&](const Counts& c, const Counts& d) { return above(c, d); }, common_sample(x),
                   common_sample(y), settings);
}

/// How soon the level was reached, where that is the question.
void add_reach(const Group& group, double level, Side& side) {
  std::vector<Reach> present;
  for (std::size_t r = 0; r < group.reach.size(); ++r)
    if (group.present[r]) present.push_back(group.reach[r]);
  if (present.empty()) return;
  const SampleEfficiency efficiency(present);
  side.reached = efficiency.reached();
  side.median_steps = efficiency.median(level);
}

Side side_of(const Group& group, const Metric& metric, double level) {
  Side side{group.label(), {}, 0, group.broken(), group.missing(), group.curve};
  Values finite;
  for (std::size_t r = 0; r < group.values.size(); ++r) {
    side.n += group.present[r];
    if (group.present[r] && std::isfinite(group.values[r])) finite.push_back(group.values[r]);
  }
  add_reach(group, level, side);
  if (side.broken > 0 || finite.empty()) return side;
  const auto is_positive = [](double x) { return x > 0; };
  const bool by_logarithm = metric.is_ratio && std::ranges::all_of(finite, is_positive);
  if (by_logarithm) finite = logarithms(finite, "compare");
  side.mean = mean_with_interval(finite, level);
  if (finite.size() > 1) side.tolerance = tolerance_interval(finite, {});
  if (by_logarithm)
    for (Estimate* x : {&side.mean, &side.tolerance})
      *x = {std::exp(x->value), std::exp(x->lower), std::exp(x->upper)};
  return side;
}

/// The smallest two-sided p that any rearrangement of so many replicates can give: 2 of 2^n signs,
/// or 2 of (n + m choose n). A t of few ranks would go below it, to 0 where they differ all alike.
double least_p(const Pairs& values) {
  const std::size_t n = values.a.size(), m = values.b.size();
  if (values.is_paired) return std::min(1.0, std::ldexp(2.0, -static_cast<int>(n)));
  double choices = 1.0;
  for (std::size_t k = 1; k <= n; ++k)
    choices *= static_cast<double>(m + k) / static_cast<double>(k);
  return std::min(1.0, 2.0 / choices);
}

}  // namespace

Row compared(const Group& a, const Group& b, const Metric& metric, bool on_common_noise,
             double level, std::uint64_t key) {
  Row row;
  row.coordinates = b.coordinates;
  row.a = side_of(a, metric, level);
  row.b = side_of(b, metric, level);
  Pairs values = pairs_of(a, b, on_common_noise);
  const Pairs ranks = ranks_of(values, metric.better);
  row.is_paired = values.is_paired;
  row.improvement = improvement_of(ranks, metric.better, {.key = key, .level = level});
  row.is_by_rank = !values.are_finite();
  if (row.is_by_rank) {
    row.difference = difference_of(ranks, level);
    row.difference.estimate = {};
    row.difference.p = row.difference.p < least_p(values) ? least_p(values) : row.difference.p;
    return row;
  }
  const bool by_factor = metric.is_ratio && values.are_positive();
  if (by_factor) values = logarithms_of(values);
  row.difference = difference_of(values, level);
  if (const auto test = planned_test(values, 1.0 - level))
    row.detectable = detectable_effect(*test, values.fewest(), 0.8);
  if (by_factor) {
    row.difference = as_ratio(row.difference);
    row.detectable = std::exp(row.detectable);
  }
  return row;
}

}  // namespace seedbed::comparison
