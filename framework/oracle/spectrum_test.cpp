#include "oracle/spectrum.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <seedbed/error.hpp>

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

/// XX' of some X [d][rank].
Dense gram(std::size_t d, std::size_t rank) {
  Dense X(d, rank);
  for (std::size_t k = 0; k < X.data.size(); ++k)
    X.data[k] = static_cast<double>(k * k * 7 % 31) / 31.0 - 0.4;
  return X * transpose(X);
}

void check_spectrum(const Dense& A) {
  const Spectrum found = spectrum(A);
  const Dense recovered = transpose(found.vector) * diagonal(found.value) * found.vector;
  CHECK(recovered.data != A.data);
  CHECK(norm(recovered - A) < 1e-14 * static_cast<double>(A.rows) * norm(A));
  const Dense unit = diagonal(std::vector<double>(A.rows, 1.0));
  CHECK(norm(found.vector * transpose(found.vector) - unit) < 1e-13 * std::sqrt(A.rows));
  for (std::size_t k = 1; k < A.rows; ++k) CHECK(found.value[k] <= found.value[k - 1]);
}

}  // namespace

TEST_CASE("the eigenvectors are orthonormal and their outer products make the matrix") {
  check_spectrum(gram(7, 7));
  check_spectrum(gram(9, 4) - 0.3 * gram(9, 2));
  check_spectrum(gram(40, 12));
}

TEST_CASE("the second difference over d points has the eigenvalues 2 - 2 cos(k pi / (d + 1))") {
  const std::size_t d = 12;
  Dense A(d, d);
  for (std::size_t i = 0; i < d; ++i) {
    A(i, i) = 2.0;
    if (i + 1 < d) A(i, i + 1) = A(i + 1, i) = -1.0;
  }
  const Spectrum found = spectrum(A);
  for (std::size_t k = 0; k < d; ++k) {
    const double angle = static_cast<double>(d - k) * std::acos(-1.0) / static_cast<double>(d + 1);
    CHECK_THAT(found.value[k], WithinAbs(2.0 - 2.0 * std::cos(angle), 1e-14));
  }
  CHECK(found.rank() == d);
}

TEST_CASE("the rank does not count what rounding leaves of 0") {
  CHECK(spectrum(gram(9, 4)).rank() == 4);
  CHECK(spectrum(gram(9, 9)).rank() == 9);
  CHECK(spectrum(1e-20 * gram(9, 4)).rank() == 4);
  CHECK(spectrum(Dense(3, 3)).rank() == 0);
  CHECK(spectrum(Dense(0, 0)).rank() == 0);
}

TEST_CASE("the effective rank counts equal eigenvalues, and one that is all as one") {
  CHECK(spectrum(diagonal({3.0, 3.0, 3.0})).effective_rank() == Approx(3.0));
  CHECK(spectrum(diagonal({5.0, 0.0})).effective_rank() == 1.0);
  CHECK(spectrum(diagonal({2.0, 1.0})).effective_rank() == Approx(9.0 / 5));
  CHECK(std::isnan(spectrum(Dense(1, 1)).effective_rank()));
}

TEST_CASE("a matrix that is diagonal has its entries as eigenvalues, without any rounding") {
  const Spectrum found = spectrum(diagonal({0.1, -0.7, 0.3}));
  CHECK(found.value == std::vector<double>{0.3, 0.1, -0.7});
  CHECK(found.vector.data == std::vector<double>{0, 0, 1, 1, 0, 0, 0, 1, 0});
}

TEST_CASE("the spectrum of what is not finite is an error") {
  CHECK_THROWS_AS(spectrum(diagonal({1.0, std::numeric_limits<double>::quiet_NaN()})), Error);
}
