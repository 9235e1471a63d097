#include "diagnostics/hotelling.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "diagnostics/quantile.hpp"

using namespace seedbed;

namespace {

/// A'A = [[4, 1], [1, 9]], of which the inverse is [[9, -1], [-1, 4]]/35; columns.
const std::vector<double> A = {2.0, 0.0, 0.5, std::sqrt(8.75)};

std::vector<double> scaled(std::vector<double> matrix, double factor) {
  for (double& entry : matrix) entry *= factor;
  return matrix;
}

}  // namespace

TEST_CASE("Hotelling's T2 of one component is the square of Student's t") {
  const Hotelling h = hotelling({0.6}, {0.2}, 10);  // t = 3, 9 degrees of freedom
  CHECK(h.rank == 1);
  CHECK(h.T2 == Approx(9.0).epsilon(1e-14));
  CHECK(h.p == Approx(0.0149563).epsilon(1e-5));  // 2 P(t_9 > 3)
}

TEST_CASE("T2 is the difference through the inverse of the covariance") {
  const Hotelling h = hotelling({1.0, 2.0}, scaled(A, 1.0 / std::sqrt(35.0)), 12);
  CHECK(h.rank == 2);
  CHECK(h.T2 == Approx(9.0 - 4.0 + 16.0).epsilon(1e-13));
  CHECK(h.p == Approx(f_tail(21.0 * 10 / (2 * 11), 2, 10)).epsilon(1e-8));
}

TEST_CASE("T2 of components that sum to 0 is that of the others") {
  // Third component: minus the sum of the first two.
  std::vector<double> three = A;
  three.insert(three.end(), {-A[0] - A[2], -A[1] - A[3]});
  const Hotelling h = hotelling({1.0, 2.0, -3.0}, three, 40);
  CHECK(h.rank == 2);
  CHECK(h.T2 == Approx(21.0 / 35).epsilon(1e-13));
}

TEST_CASE("T2 does not depend on the units of a component") {
  const double a = 1e7, b = 1e-6;
  const Hotelling h = hotelling({a, 2 * b}, {a * A[0], 0.0, b * A[2], b * A[3]}, 12);
  CHECK(h.rank == 2);
  CHECK(h.T2 == Approx(21.0 / 35).epsilon(1e-12));
}

TEST_CASE("there is no test of a bias with too few groups, nor without noise") {
  CHECK(std::isnan(hotelling({1.0}, {0.2}, 2).p));
  CHECK_FALSE(std::isnan(hotelling({1.0}, {0.2}, 3).p));
  CHECK(hotelling({1.0}, {0.0}, 100).rank == 0);
  CHECK(std::isnan(hotelling({1.0}, {0.0}, 100).T2));
}

TEST_CASE("a direction that a handful of many groups carry is left out") {
  // 100 rows: one column alternates, the other is 0 but in four of them.
  std::vector<double> columns(200, 0.0);
  for (std::size_t k = 0; k < 100; ++k) columns[k] = k % 2 == 0 ? 1.0 : -1.0;
  for (const std::size_t k : {3u, 17u, 42u, 80u}) columns[100 + k] = 1.0;
  const Hotelling h = hotelling({5.0, 1e6}, columns, 100);
  CHECK(h.rank == 1);
  CHECK(h.T2 == Approx(0.25).epsilon(1e-12));
}

TEST_CASE("an eighth as many directions as groups are looked at") {
  std::vector<double> columns, difference(30, 0.0);
  for (std::size_t j = 0; j < 30; ++j)
    for (std::size_t k = 0; k < 20; ++k) columns.push_back(std::cos(double((j + 1) * (k * k + 1))));
  const Hotelling h = hotelling(difference, columns, 20);
  CHECK(h.rank == 3);
  CHECK(h.p == 1.0);
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
