#include "analysis/statistics/reach.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/statistics/student.hpp"

using namespace seedbed::statistics;

namespace {

/// Weeks in remission under 6-MP, + where the study ended first: Freireich et al. 1963.
SampleEfficiency remission() {
  std::vector<Reach> all;
  for (const double t : {6, 6, 6, 7, 10, 13, 16, 22, 23}) all.push_back({t, true});
  for (const double t : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) all.push_back({t, false});
  return SampleEfficiency(all);
}

}  // namespace

TEST_CASE("a level is reached at the first step at or above it, and never by what is not finite") {
  const std::vector<double> steps = {10, 20, 30}, up = {0, 1, 2}, gone = {0, NAN, INFINITY};
  CHECK((first_reach(steps, up, 1).reached && first_reach(steps, up, 1).steps == 20));
  CHECK((first_reach(steps, up, 0).reached && first_reach(steps, up, 0).steps == 10));
  CHECK((!first_reach(steps, up, 3).reached && first_reach(steps, up, 3).steps == 30));
  CHECK((!first_reach(steps, gone, 1).reached && first_reach(steps, gone, 1).steps == 30));
}

TEST_CASE("Kaplan and Meier's curve is R's survfit for the 6-MP data") {
  const SampleEfficiency curve = remission();
  const double known[][3] = {{6, 0.857, 0.0764},  {7, 0.807, 0.0869},  {10, 0.753, 0.0963},
                             {13, 0.690, 0.1068}, {16, 0.627, 0.1141}, {22, 0.538, 0.1282},
                             {23, 0.448, 0.1346}};
  REQUIRE(curve.curve().size() == 7);
  for (std::size_t i = 0; i < 7; ++i) {
    CHECK(curve.curve()[i].steps == known[i][0]);
    CHECK(curve.curve()[i].survival == Approx(known[i][1]).margin(5e-4));
    CHECK(curve.curve()[i].error == Approx(known[i][2]).margin(5e-5));
  }
  CHECK(curve.reached() == 9);
  CHECK(curve.median().value == 23);
  CHECK(curve.median().lower == 13);  // conf.type = "log-log"
  CHECK(std::isnan(curve.median().upper));
}

TEST_CASE("the restricted mean of the 6-MP data is R's, but for the small-sample factor") {
  const Estimate mean = remission().restricted_mean(35);
  CHECK(mean.value == Approx(23.287).margin(5e-4));
  const double error = (mean.upper - mean.value) / student_quantile(0.95, 20);
  CHECK(error / std::sqrt(21.0 / 20) == Approx(2.827).margin(1e-3));
}

TEST_CASE("who never reaches the level counts with the whole horizon, as an ordinary mean") {
  const SampleEfficiency some({{10, true}, {20, true}, {50, false}, {50, false}, {40, true}});
  const Estimate mean = some.restricted_mean(50),
                 plain = mean_with_interval(std::vector<double>{10, 20, 50, 50, 40});
  CHECK(mean.value == Approx(plain.value).epsilon(1e-14));
  CHECK(mean.lower == Approx(plain.lower).epsilon(1e-12));
  CHECK(some.restricted_mean(15).value == Approx((10 + 4 * 15) / 5.0).epsilon(1e-14));
  CHECK_THROWS_WITH(some.restricted_mean(51),
                    "sample efficiency: expected a horizon up to the last step seen, 50.000000, "
                    "got 51.000000");
}

TEST_CASE("a level that all reach, or none, has its median or none") {
  const SampleEfficiency all({{1, true}, {2, true}, {3, true}}), never({{9, false}, {9, false}});
  CHECK(all.median().value == 2);
  CHECK(all.curve().back().survival == 0);
  CHECK(std::isnan(never.median().value));
  CHECK(never.restricted_mean(9).value == 9);
  CHECK(never.restricted_mean(9).upper == 9);
  CHECK_THROWS_WITH(SampleEfficiency({}), "sample efficiency: expected replicates, got none");
}
