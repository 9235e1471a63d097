#include "analysis/comparison/pairs.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/statistics/ratio.hpp"
#include "analysis/statistics/student.hpp"

namespace seedbed::comparison {

namespace {

using Values = std::vector<double>;

Pairs present_values(const Group& a, const Group& b, bool is_paired) {
  Pairs pairs{{}, {}, is_paired};
  const auto take = [&](const Group& from, const Group& other, Values& into) {
    for (std::size_t r = 0; r < from.values.size(); ++r)
      if (from.present[r] && (!is_paired || (r < other.present.size() && other.present[r])))
        into.push_back(from.values[r]);
  };
  take(a, b, pairs.a);
  take(b, a, pairs.b);
  return pairs;
}

}  // namespace

bool Pairs::are_finite() const {
  const auto is_finite = [](double x) { return std::isfinite(x); };
  return std::ranges::all_of(a, is_finite) && std::ranges::all_of(b, is_finite);
}

bool Pairs::are_positive() const {
  const auto is_positive = [](double x) { return x > 0 && std::isfinite(x); };
  return std::ranges::all_of(a, is_positive) && std::ranges::all_of(b, is_positive);
}

Pairs pairs_of(const Group& a, const Group& b, bool on_common_noise) {
  Pairs pairs = present_values(a, b, on_common_noise);
  return on_common_noise && pairs.a.size() < 2 ? present_values(a, b, false) : pairs;
}

Pairs logarithms_of(const Pairs& values) {
  return {statistics::logarithms(values.a, "compare"), statistics::logarithms(values.b, "compare"),
          values.is_paired};
}

Pairs ranks_of(const Pairs& values, Better better) {
  const double worst = better == Better::lower ? INFINITY : -INFINITY;
  const auto shown = [&](double x) { return std::isfinite(x) ? x : worst; };
  Values all;
  for (const Values* side : {&values.a, &values.b})
    for (const double x : *side) all.push_back(shown(x));
  std::ranges::sort(all);
  const auto rank = [&](double x) {
    const auto [first, last] = std::equal_range(all.begin(), all.end(), shown(x));
    return static_cast<double>((first - all.begin()) + (last - all.begin()) + 1) / 2.0;
  };
  Pairs ranks{{}, {}, values.is_paired};
  for (const double x : values.a) ranks.a.push_back(rank(x));
  for (const double x : values.b) ranks.b.push_back(rank(x));
  return ranks;
}

std::optional<statistics::PlannedTest> planned_test(const Pairs& values, double alpha) {
  using namespace statistics;
  if (values.fewest() < 2 || !values.are_finite()) return std::nullopt;
  const double x = std::sqrt(sample_variance(values.a)), y = std::sqrt(sample_variance(values.b));
  PlannedTest test = unpaired_test(x, y, alpha);
  if (values.is_paired) {
    Values d;
    for (std::size_t i = 0; i < values.a.size(); ++i) d.push_back(values.b[i] - values.a[i]);
    test = paired_test(std::sqrt(sample_variance(d)), alpha);
  }
  if (!(test.deviation_x + test.deviation_y > 0)) return std::nullopt;
  return test;
}

}  // namespace seedbed::comparison
