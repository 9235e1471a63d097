#include "analysis/statistics/aggregate.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "analysis/statistics/improvement.hpp"
#include "analysis/statistics/profile.hpp"

using namespace seedbed::statistics;

namespace {

nlohmann::json reference(const std::string& name) {
  std::ifstream file(SEEDBED_SOURCE "/tests/data/" + name);
  return nlohmann::json::parse(file);
}

Scores scores_of(const nlohmann::json& rows) {
  Scores x(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows[0].size()));
  for (Eigen::Index i = 0; i < x.rows(); ++i)
    for (Eigen::Index k = 0; k < x.cols(); ++k)
      x(i, k) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)].get<double>();
  return x;
}

/// The statistic of a resample, written out: every drawn score as a score of its own.
Scores drawn(const Scores& x, const Counts& counts) {
  Scores all(x.rows(), x.cols());
  for (Eigen::Index k = 0; k < x.cols(); ++k)
    for (Eigen::Index i = 0, at = 0; i < x.rows(); ++i)
      for (int n = counts(i, k); n > 0; --n) all(at++, k) = x(i, k);
  return all;
}

}  // namespace

TEST_CASE("mean, median, interquartile mean and optimality gap are rliable's to 1e-12") {
  const auto name = GENERATE("rliable.json", "rliable_single_task.json");
  const auto known = reference(name);
  const Scores x = scores_of(known["scores_x"]), y = scores_of(known["scores_y"]);
  const auto is = [&](const char* what) {
    return Approx(known[what].get<double>()).epsilon(1e-12);
  };
  CHECK(mean(x) == is("mean_x"));
  CHECK(median(x) == is("median_x"));
  CHECK(interquartile_mean(x) == is("iqm_x"));
  CHECK(interquartile_mean(y) == is("iqm_y"));
  CHECK(optimality_gap(x) == is("optimality_gap_x"));
  CHECK(probability_of_improvement(x, y) == is("probability_of_improvement_xy"));
}

TEST_CASE("a statistic of counts is that of the scores written out as often as they count") {
  const auto known = reference("rliable.json");
  const Scores x = scores_of(known["scores_x"]), y = scores_of(known["scores_y"]);
  Counts c = each_once(x), d = each_once(y);
  for (Eigen::Index k = 0; k < x.cols(); ++k) {
    c(k, k) = 4;
    for (Eigen::Index i : {1, 2, 3}) c((k + i) % x.rows(), k) = 0;
    d(0, k) = 0;
    d(k + 1, k) = 2;
  }
  const Scores cx = drawn(x, c), dy = drawn(y, d);
  CHECK(Mean(x)(c) == Approx(mean(cx)).epsilon(1e-14));
  CHECK(Median(x)(c) == Approx(median(cx)).epsilon(1e-14));
  CHECK(InterquartileMean(x)(c) == Approx(interquartile_mean(cx)).epsilon(1e-14));
  CHECK(OptimalityGap(x, 0.7)(c) == Approx(optimality_gap(cx, 0.7)).epsilon(1e-14));
  CHECK(Improvement(x, y)(c, d) == probability_of_improvement(cx, dy));
}

TEST_CASE("ties count half in the probability of improvement") {
  CHECK(probability_of_improvement(one_task({1, 2, 2}), one_task({2, 2, 3})) ==
        Approx((4 * 0.5) / 9).epsilon(1e-15));
  CHECK(probability_of_improvement(one_task({5}), one_task({5})) == 0.5);
  CHECK(probability_of_improvement(one_task({5, 6}), one_task({1, 2, 3})) == 1.0);
}

TEST_CASE("a performance profile is the share of runs above each level") {
  Scores x(2, 2);
  x << 1, 2, 3, 2;
  CHECK(profile_levels(x) == std::vector<double>{1, 2, 3});
  CHECK(performance_profile(x, {0, 1, 1.5, 2, 3}) == std::vector<double>{1, 0.75, 0.75, 0.25, 0});
  CHECK_THROWS_WITH(performance_profile(x, {2, 1}),
                    "performance profile: expected levels in ascending order, got others");
}

TEST_CASE("scores that are not finite, and sides of other tasks, are refused") {
  CHECK_THROWS_WITH(mean(one_task({1, NAN})),
                    "mean: expected finite scores, got one of run 1, task 0 that is not");
  CHECK_THROWS_WITH(median(Scores(0, 3)),
                    "median: expected 1 to 65535 runs of at least one task, got 0 runs of 3 tasks");
  CHECK_THROWS_WITH(
      probability_of_improvement(Scores::Zero(2, 2), Scores::Zero(2, 3)),
      "probability of improvement: expected the same tasks on both sides, got 2 and 3");
}
