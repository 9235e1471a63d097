#include "diagnostics/return_sample.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace seedbed;

TEST_CASE("one episode has a mean and no deviation") {
  CHECK(mean_of(std::vector{3.0}) == 3.0);
  CHECK(std::isnan(deviation_of({3.0})));
}

TEST_CASE("the deviation of a sample is that of its population, freed of bias") {
  CHECK(deviation_of({1.0, 3.0}) == std::sqrt(2.0));
  CHECK(deviation_of({2.0, 2.0, 2.0}) == 0.0);
}

TEST_CASE("quantiles lie on the line between neighbours, their ends on the ends") {
  const std::vector<double> sorted = {1.0, 2.0, 4.0, 8.0, 16.0};
  CHECK(quantile_of(sorted, 0.0) == 1.0);
  CHECK(quantile_of(sorted, 0.5) == 4.0);
  CHECK(quantile_of(sorted, 0.625) == 6.0);
  CHECK(quantile_of(sorted, 1.0) == 16.0);
  CHECK(quantile_of({7.0}, 0.3) == 7.0);
}
