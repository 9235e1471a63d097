#include "analysis/comparison/comparison.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/comparison/account.hpp"
#include "analysis/comparison/curves.hpp"
#include "analysis/comparison/sparkline.hpp"

using namespace seedbed::comparison;
using seedbed::statistics::none;

namespace {

Group group(const std::vector<double>& values, std::vector<bool> present = {}) {
  if (present.empty()) present.assign(values.size(), true);
  return {{{"step", "1"}}, values, present, {}};
}

Row row_of(const Group& a, const Group& b, const std::string& metric, bool shared) {
  return compared(a, b, metric_of(metric, "reward"), shared, 0.95, 1);
}

StageComparison stage_of(std::vector<Row> rows, const std::string& metric) {
  std::vector<double> p;
  for (const Row& row : rows) p.push_back(row.difference.p);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].p_holm = seedbed::statistics::holm(p)[i];
  return {"learn", "learn", metric_of(metric, "reward"), rows, {}};
}

}  // namespace

TEST_CASE("replicates on common noise are compared in pairs, those missing on one side left out") {
  const Group a = group({1, 20, 3, 4}, {true, true, true, false}), b = group({2, 21.5, 4.5, 100});
  const Row paired = row_of(a, b, "return_mean", true), apart = row_of(a, b, "return_mean", false);
  CHECK(paired.is_paired);
  CHECK(paired.difference.estimate.value == Approx(4.0 / 3).epsilon(1e-14));
  CHECK(paired.difference.df == 2);
  CHECK(paired.a.n == 3);
  CHECK(paired.a.missing == 1);
  CHECK_FALSE(apart.is_paired);
  CHECK(apart.difference.estimate.value == Approx(32.0 - 8).epsilon(1e-14));
}

TEST_CASE("a cell with a replicate that is not finite has no mean, and is judged by rank") {
  const Group whole = group({5, 6, 7, 8, 9}), broken = group({10, 11, 12, 13, none});
  const Row row = row_of(whole, broken, "return_mean", false);
  CHECK(row.is_by_rank);
  CHECK(std::isnan(row.b.mean.value));
  CHECK(std::isnan(row.difference.estimate.value));
  CHECK(row.b.broken == 1);
  CHECK(row.improvement.value == 0.8);
  // Ranks 2..6 and 7..10, 1: means 4 and 7, variances 2.5 and 12.5.
  CHECK(row.difference.t == Approx(3 / std::sqrt(2.5 / 5 + 12.5 / 5)).epsilon(1e-12));
}

TEST_CASE("few ranks that differ all alike are no certainty") {
  const Row paired = row_of(group({5, 6}), group({none, none}), "return_mean", true),
            apart = row_of(group({5, 6, 7}), group({none, none, none}), "return_mean", false);
  CHECK(paired.difference.p >= 0.5);
  CHECK(apart.difference.p >= 0.1);
}

TEST_CASE("variances are compared by factors, and lower is better") {
  const Row row = row_of(group({1, 2, 4}), group({3, 6.1, 11.9}), "variance_trace", true);
  CHECK(row.a.mean.value == Approx(2).epsilon(1e-12));
  CHECK(row.difference.estimate.value == Approx(std::cbrt(3 * 6.1 * 11.9 / 8)).epsilon(1e-12));
  CHECK(row.improvement.value == Approx(1.0 / 9).epsilon(1e-12));
  const std::string words = verdict(stage_of({row}, "variance_trace"), {"A", "B"});
  CHECK(words == "B is worse: 3.01 times that of A (2.91 to 3.10, p < 1e-4).");
}

TEST_CASE("the verdict says what is shown, and what would have been found") {
  const std::vector<double> x = {1.0, 1.2, 0.9, 1.1, 1.05}, y = {2.0, 2.3, 1.9, 2.2, 2.05};
  const Row better = row_of(group(x), group(y), "return_mean", false),
            same = row_of(group(x), group({1.1, 1.0, 1.1, 0.95, 1.1}), "return_mean", false),
            one = row_of(group({1}), group({2}), "return_mean", false);
  const Names names{"A", "B"};
  CHECK(verdict(stage_of({better}, "return_mean"), names) ==
        "B is better: 1.04 more than A (0.835 to 1.25, p < 1e-4).");
  CHECK(verdict(stage_of({row_of(group(y), group(x), "return_mean", false)}, "return_mean"),
                names) == "B is worse: 1.04 less than A (0.835 to 1.25, p < 1e-4).");
  CHECK(verdict(stage_of({better}, "entropy"), names).find("B is higher: ") == 0);
  const std::string words = verdict(stage_of({same}, "return_mean"), names);
  CHECK(words.find("No difference is shown between A and B (p = 1.0)") == 0);
  CHECK(words.find("a true difference of 0.1") != std::string::npos);
  CHECK(verdict(stage_of({one}, "return_mean"), names) ==
        "One replicate on a side says nothing of chance: no judgement.");
  CHECK(verdict(stage_of({better, same, one}, "return_mean"), names)
            .find("B is better in 1 of 3 cells, worse in 0, and no difference is shown in 1 (p < "
                  "0.05 after Holm). Of 1 cell one replicate says nothing. Clearest: step=1 is "
                  "better: 1.04 more than A there") == 0);
}

TEST_CASE("curves end where the longest replicate does, and the last tenth is the final value") {
  std::vector<double> data(2 * 30, none);
  for (std::size_t i = 0; i < 20; ++i) data[i] = static_cast<double>(i);
  for (std::size_t i = 0; i < 19; ++i) data[30 + i] = 1;
  const Curves curves(data, 2);
  std::vector<double> iteration;
  for (int i = 0; i < 30; ++i) iteration.push_back(i);
  CHECK(curves.length() == 20);
  CHECK(curves.final_value(0) == 18.5);
  CHECK(std::isnan(curves.final_value(1)));
  CHECK(curves.mean_height(0, iteration) == 9.5);
  CHECK(curves.medians({true, false})[3] == 3);
  CHECK(std::isinf(curves.medians({false, true})[19]));
}

TEST_CASE("steps to a level are restricted to where the first replicate was last seen") {
  Group a = group({0, 0, 0}), b = group({0, 0, 0});
  a.reach = {{100, true}, {700, true}, {INFINITY, false}};  // the last one diverged
  b.reach = {{200, true}, {500, false}, {900, false}};
  MatchedStage stage{"learn", "learn", steps_to(-3), true, {{a, b}}, {}};
  restrict_steps(stage);
  CHECK(stage.horizon == 500);
  CHECK(stage.pairs[0].first.values == std::vector<double>{100, 500, 500});
  CHECK(stage.pairs[0].second.values == std::vector<double>{200, 500, 500});
  const Row row =
      compared(stage.pairs[0].first, stage.pairs[0].second, stage.metric, true, 0.95, 1);
  CHECK(row.a.reached == 1);
  CHECK(row.a.mean.value == Approx(1100.0 / 3));
  CHECK(std::isnan(row.a.median_steps.value));
  CHECK(row.difference.estimate.value == Approx(100.0 / 3));
  CHECK(row.improvement.value == Approx(0.5 * 4 / 9 + 2.0 / 9 - 0.0 / 9).margin(1e-12));
}

TEST_CASE("a sparkline has a mark per share of the points, and a dot where nothing is finite") {
  const std::vector<double> curve = {0, 1, 2, 3, 4, 5, 6, 7};
  CHECK(sparkline(curve, 8, {0, 7}) == "▁▂▃▄▅▆▇█");
  CHECK(sparkline(curve, 4, {0, 7}) == "▁▃▆█");
  CHECK(sparkline(curve, 80, {0, 7}) == "▁▂▃▄▅▆▇█");
  CHECK(sparkline({-INFINITY, 1, 1}, 3, {1, 1}) == "·▅▅");
  const std::vector<double> with_hole = {NAN, 2, 4};
  CHECK(span_of({&with_hole}).low == 2);
  StageComparison stage =
      stage_of({row_of(group({1, 2}), group({1, 2}), "return_mean", false)}, "return_mean");
  CHECK(sparklines(stage, 80).empty());
  stage.rows[0].a.curve = stage.rows[0].b.curve = curve;
  CHECK(sparklines(stage, 80) ==
        "Median curves, from 0 to 7.000:\nstep=1  A ▁▂▃▄▅▆▇█  B ▁▂▃▄▅▆▇█\n");
  CHECK(sparklines(stage, 20).empty());
}
