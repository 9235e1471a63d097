#include "diagnostics/spectrum.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace seedbed;

TEST_CASE("eigenvalues of a matrix of order two are the roots of its polynomial") {
  const std::vector<double> lambda = eigenvalues({2.0, 1.0, 1.0, 5.0});
  CHECK(lambda[0] == Approx((7 + std::sqrt(13.0)) / 2).epsilon(1e-14));
  CHECK(lambda[1] == Approx((7 - std::sqrt(13.0)) / 2).epsilon(1e-14));
}

TEST_CASE("eigenvalues of the second difference are 2 - 2 cos(k pi / (n + 1))") {
  constexpr std::size_t n = 40;
  std::vector<double> A(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    A[i * n + i] = 2.0;
    if (i + 1 < n) A[i * n + i + 1] = A[(i + 1) * n + i] = -1.0;
  }
  const std::vector<double> lambda = eigenvalues(A);
  for (std::size_t k = 0; k < n; ++k)
    CHECK(lambda[n - 1 - k] ==
          Approx(2.0 - 2.0 * std::cos(double(k + 1) * 3.14159265358979323846 / (n + 1)))
              .epsilon(1e-12));
}

TEST_CASE("the effective rank counts equal eigenvalues, and one that is all as one") {
  CHECK(effective_rank({3.0, 3.0, 3.0}) == Approx(3.0));
  CHECK(effective_rank({5.0, 0.0}) == 1.0);
  CHECK(effective_rank({2.0, 1.0}) == Approx(9.0 / 5));
  CHECK(std::isnan(effective_rank({0.0})));
}
