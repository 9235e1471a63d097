#include "analysis/statistics/difference.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/statistics/student.hpp"

using namespace seedbed::statistics;

namespace {

// Hours of sleep gained under two drugs, the same ten patients: Student 1908, R's `sleep`.
const std::vector<double> first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

}  // namespace

TEST_CASE("Welch's test gives R's numbers for Student's sleep data") {
  const Difference d = welch(first, second);
  CHECK(d.estimate.value == Approx(-1.58).epsilon(1e-12));
  CHECK(d.t == Approx(-1.8608).margin(5e-5));
  CHECK(d.df == Approx(17.776).margin(5e-4));
  CHECK(d.p == Approx(0.07939).margin(5e-6));
  CHECK(d.estimate.lower == Approx(-3.3654832).margin(5e-8));
  CHECK(d.estimate.upper == Approx(0.2054832).margin(5e-8));
}

TEST_CASE("the paired test gives R's numbers for Student's sleep data") {
  const Difference d = paired(first, second);
  CHECK(d.t == Approx(-4.0621).margin(5e-5));
  CHECK(d.df == 9);
  CHECK(d.p == Approx(0.002833).margin(5e-7));
  CHECK(d.estimate.lower == Approx(-2.4598858).margin(5e-8));
  CHECK(d.estimate.upper == Approx(-0.7001142).margin(5e-8));
  CHECK_THROWS_WITH(paired(first, std::vector<double>{1}),
                    "paired difference: expected as many values on both sides, got 10 and 1");
}

TEST_CASE("a difference without spread is certain, and none at all is none") {
  const std::vector<double> ones(3, 1.0), twos(3, 2.0), single(1, 1.0);
  CHECK(welch(ones, twos).p == 0);
  CHECK(welch(ones, twos).estimate.lower == -1);
  CHECK(welch(ones, ones).p == 1);
  CHECK(paired(twos, twos).t == 0);
  CHECK(welch(single, twos).estimate.value == -1);
  CHECK(std::isnan(welch(single, twos).p));
  CHECK(std::isnan(paired(single, single).p));
}

TEST_CASE("Holm's correction gives R's p.adjust, and leaves out what has no p") {
  const auto adjusted = holm({0.01, none, 0.04, 0.03, 0.005});
  CHECK(adjusted[0] == Approx(0.03));
  CHECK(std::isnan(adjusted[1]));
  CHECK(adjusted[2] == Approx(0.06));
  CHECK(adjusted[3] == Approx(0.06));
  CHECK(adjusted[4] == Approx(0.02));
  CHECK(holm({0.6, 0.7}) == std::vector<double>{1, 1});
}

TEST_CASE("a mean has Student's interval, of any level") {
  const Estimate mean = mean_with_interval(first, 0.9);
  CHECK(mean.value == Approx(0.75));
  CHECK(mean.upper - 0.75 == Approx(1.833112932656237 * std::sqrt(3.200556 / 10)).epsilon(1e-6));
  CHECK(student_tail(2.228138852, 10) == Approx(0.05).epsilon(1e-9));
  CHECK(std::isnan(mean_with_interval(std::vector<double>{4}).lower));
  CHECK_THROWS_WITH(mean_with_interval(first, 1.5),
                    "interval: expected a level between 0 and 1, got 1.500000");
}
