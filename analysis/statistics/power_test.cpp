#include "analysis/statistics/power.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/error.hpp>

using namespace seedbed::statistics;

TEST_CASE("replicates needed are those of Cohen's tables, exactly") {
  // G*Power and R's power.t.test, two-sided, alpha 0.05, power 0.8.
  CHECK(replicates_needed(unpaired_test(1, 1), 0.2, 0.8) == 394);
  CHECK(replicates_needed(unpaired_test(1, 1), 0.5, 0.8) == 64);
  CHECK(replicates_needed(unpaired_test(1, 1), 0.8, 0.8) == 26);
  CHECK(replicates_needed(paired_test(1), 0.2, 0.8) == 199);
  CHECK(replicates_needed(paired_test(1), 0.5, 0.8) == 34);
  CHECK(replicates_needed(paired_test(1), 0.8, 0.8) == 15);
  CHECK(replicates_needed(paired_test(1), 100, 0.8) == 2);
  CHECK(replicates_needed(paired_test(1), 1e-5, 0.8) == std::nullopt);
}

TEST_CASE("power is R's power.t.test, and alpha when there is no effect to speak of") {
  CHECK(power_of(unpaired_test(1, 1), 1, 20) == Approx(0.8689528).margin(2e-7));
  CHECK(power_of(paired_test(1), 0.5, 34) == Approx(0.8077775).margin(2e-6));
  CHECK(power_of(paired_test(1, 0.01), 1e-9, 10) == Approx(0.01).epsilon(1e-6));
  CHECK(power_of(paired_test(1), 1000, 10) == 1);
}

TEST_CASE("a side without spread leaves Welch's degrees of freedom to the other") {
  CHECK(power_of(unpaired_test(1, 0), 0.7, 12) == Approx(power_of(paired_test(1), 0.7, 12)));
}

TEST_CASE("the detectable effect is the one that has the power asked for") {
  const PlannedTest test = unpaired_test(2, 3);
  const double effect = detectable_effect(test, 9, 0.8);
  CHECK(power_of(test, effect, 9) == Approx(0.8).epsilon(1e-9));
  CHECK(replicates_needed(test, effect * 1.0001, 0.8) == 9);
}

TEST_CASE("a deviation of ten replicates may be 0.69 to 1.83 times what it seems") {
  const Factors factors = deviation_factors(10);
  CHECK(factors.lower == Approx(std::sqrt(9 / 19.02276780)).epsilon(1e-8));
  CHECK(factors.upper == Approx(std::sqrt(9 / 2.70038950)).epsilon(1e-8));
}

TEST_CASE("a plan that makes no sense is refused") {
  CHECK_THROWS_WITH(replicates_needed(paired_test(0), 1, 0.8),
                    "power: expected a positive effect and spread, got 1.000000 and 0.000000");
  CHECK_THROWS_WITH(replicates_needed(paired_test(1), 1, 1),
                    "power: expected level and power between 0 and 1, got 0.050000 and 1.000000");
  CHECK_THROWS_WITH(power_of(paired_test(1), 1, 1),
                    "power: expected at least two replicates, got 1");
}
