#include "runner/forecast.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace seedbed;

TEST_CASE("a forecast needs a task that ended, or a part of one") {
  CHECK(!Forecast().left(10.0, 2, 1));
}

TEST_CASE("tasks that take alike are forecast within a tenth, shared by the workers") {
  Forecast forecast;
  for (int i = 0; i < 20; ++i) forecast.add(100.0, 2.0);
  const auto range = forecast.left(1000.0, 10, 2);  // 10 tasks of 2 s for 2 workers
  REQUIRE(range);
  CHECK(range->low == Approx(9.0));
  CHECK(range->high == Approx(11.0));
  CHECK(forecast.left(100.0, 1, 8)->high == Approx(2.2));  // one task is not shared
}

TEST_CASE("the more tasks differ and the more are left, the longer the range") {
  Forecast forecast;
  for (int i = 0; i < 10; ++i) forecast.add(100.0, i % 2 ? 1.0 : 3.0);
  const auto few = forecast.left(400.0, 4, 1), many = forecast.left(4000.0, 40, 1);
  // s^2 = 10/9, so 2 s sqrt(k + k^2/10)
  CHECK(few->high - few->low == Approx(4.0 * std::sqrt(10.0 / 9.0 * (4.0 + 1.6))));
  CHECK(many->high - many->low == Approx(4.0 * std::sqrt(10.0 / 9.0 * (40.0 + 160.0))));
}
