#include "diagnostics/hotelling.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "diagnostics/quantile.hpp"

using namespace seedbed;

TEST_CASE("Hotelling's T2 of one component is the square of Student's t") {
  const Hotelling h = hotelling({0.6}, {0.04}, 10);  // t = 3, 9 degrees of freedom
  CHECK(h.rank == 1);
  CHECK(h.T2 == Approx(9.0).epsilon(1e-14));
  CHECK(h.p == Approx(0.0149563).epsilon(1e-5));  // 2 P(t_9 > 3)
}

TEST_CASE("T2 is the difference through the inverse of the covariance") {
  // V = [[4, 1], [1, 9]] / 35, V^-1 = [[9, -1], [-1, 4]]
  const Hotelling h = hotelling({1.0, 2.0}, {4 / 35.0, 1 / 35.0, 1 / 35.0, 9 / 35.0}, 12);
  CHECK(h.rank == 2);
  CHECK(h.T2 == Approx(9.0 - 4.0 + 16.0).epsilon(1e-13));
  CHECK(h.p == Approx(f_tail(21.0 * 10 / (2 * 11), 2, 10)).epsilon(1e-8));
}

TEST_CASE("T2 of components that sum to 0 is that of the others") {
  // Third component: minus the sum of the first two.
  const std::vector<double> V = {4, 1, -5, 1, 9, -10, -5, -10, 15};
  const Hotelling h = hotelling({1.0, 2.0, -3.0}, V, 40);
  CHECK(h.rank == 2);
  CHECK(h.T2 == Approx(21.0 / 35).epsilon(1e-13));
}

TEST_CASE("T2 does not depend on the units of a component") {
  const double a = 1e7, b = 1e-6;
  const Hotelling h = hotelling({a, 2 * b}, {4 * a * a, a * b, a * b, 9 * b * b}, 12);
  CHECK(h.rank == 2);
  CHECK(h.T2 == Approx(21.0 / 35).epsilon(1e-12));
}

TEST_CASE("there is no test of a bias with too few batches, without a covariance, without noise") {
  CHECK(std::isnan(hotelling({1.0, 2.0}, {4, 1, 1, 9}, 3).p));
  CHECK_FALSE(std::isnan(hotelling({1.0, 2.0}, {4, 1, 1, 9}, 4).p));
  CHECK(std::isnan(hotelling({1.0}, {}, 100).T2));
  CHECK(hotelling({1.0}, {0.0}, 100).rank == 0);
  CHECK(std::isnan(hotelling({1.0}, {0.0}, 100).T2));
}

TEST_CASE("quantiles and tails are those of the tables, to nine digits") {
  CHECK(student_t(9) == 2.262157163);
  CHECK(chi_square_95(1) == 3.841458821);
  CHECK(chi_square_95(2) == 5.991464547);  // -2 log 0.05
  CHECK(f_tail(4.964602744, 1, 10) == Approx(0.05).epsilon(1e-8));
  CHECK(chi_square_tail(3.841458821, 1) == Approx(0.05).epsilon(1e-8));
  CHECK(f_tail(1e6, 3, 100) > 0.0);
  CHECK(f_tail(1e6, 3, 100) < 1e-100);
  CHECK(f_tail(INFINITY, 3, 100) == 0.0);
}
