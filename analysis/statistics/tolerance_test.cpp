#include "analysis/statistics/tolerance.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/error.hpp>
#include <vector>

#include "analysis/statistics/noise.hpp"
#include "analysis/statistics/ratio.hpp"
#include "analysis/statistics/slope.hpp"

using namespace seedbed::statistics;

TEST_CASE("tolerance factors are those of the published tables") {
  const Tolerance promise{0.95, 0.95};
  // One-sided: Odeh & Owen 1980, table 1.
  CHECK(one_sided_tolerance_factor(10, promise) == Approx(2.911).margin(5e-4));
  CHECK(one_sided_tolerance_factor(20, promise) == Approx(2.396).margin(5e-4));
  // Two-sided, exact: ISO 16269-6, annex F.
  CHECK(tolerance_factor(2, promise) == Approx(36.519).margin(5e-4));
  CHECK(tolerance_factor(5, promise) == Approx(5.077).margin(5e-4));
  CHECK(tolerance_factor(10, promise) == Approx(3.393).margin(5e-4));
  // Howe's approximation (NIST/SEMATECH handbook, 7.2.6.3).
  CHECK(tolerance_factor(43, {0.90, 0.99}) == Approx(2.2173).epsilon(3e-3));
}

TEST_CASE("a tolerance interval holds its share as often as it says") {
  const Tolerance promise{0.9, 0.95};
  const double k = tolerance_factor(6, promise);
  const int experiments = 20000;
  int kept = 0;
  std::vector<double> z(6);
  for (std::uint32_t e = 0; e < experiments; ++e) {
    normals(21, 0, e, z);
    double mean = 0, squares = 0;
    for (const double x : z) mean += x / 6;
    for (const double x : z) squares += (x - mean) * (x - mean) / 5;
    const double low = mean - k * std::sqrt(squares), high = mean + k * std::sqrt(squares);
    kept += std::erfc(-high / M_SQRT2) / 2 - std::erfc(-low / M_SQRT2) / 2 >= 0.9;
  }
  const double se = std::sqrt(0.05 * 0.95 / experiments);
  CHECK(std::abs(static_cast<double>(kept) / experiments - 0.95) < 4 * se);
}

TEST_CASE("a range holds its share with n c^(n-1) - (n-1) c^n of doubt") {
  for (const std::size_t n : {2UL, 10UL, 93UL}) {
    const double c = content_of_range(n, 0.95), m = static_cast<double>(n);
    CHECK(m * std::pow(c, m - 1) - (m - 1) * std::pow(c, m) == Approx(0.05).epsilon(1e-9));
  }
  CHECK(content_of_range(93) == Approx(0.95).margin(5e-4));  // the known sample of 93
  CHECK(content_of_range(1) == 0);
}

TEST_CASE("a tolerance interval of one value, or of everything, is refused") {
  CHECK_THROWS_WITH(tolerance_interval(std::vector<double>{1}, {}),
                    "tolerance interval: expected at least two values, got 1");
  CHECK_THROWS_WITH(tolerance_factor(5, {1.0, 0.95}),
                    "tolerance interval: expected content and confidence between 0 and 1, got "
                    "1.000000 and 0.950000");
}

TEST_CASE("a variance ratio has Fisher's interval") {
  const std::vector<double> x = {1, 3, 5, 7, 9}, y = {2, 3, 4, 5, 6, 7};  // 10 and 3.5
  const VarianceRatio r = variance_ratio(x, y);
  CHECK(r.ratio.value == Approx(10 / 3.5));
  CHECK(r.ratio.lower == Approx(10 / 3.5 / 7.387886).epsilon(1e-6));  // F_{4,5;0.975}
  CHECK(r.ratio.upper == Approx(10 / 3.5 * 9.364471).epsilon(1e-6));  // 1/F_{4,5;0.025}
  CHECK(variance_ratio(y, x).ratio.upper == Approx(1 / r.ratio.lower).epsilon(1e-12));
  CHECK(variance_ratio(y, x).p == Approx(r.p).epsilon(1e-12));
  CHECK(std::isnan(variance_ratio(x, std::vector<double>{1, 1}).ratio.lower));
}

TEST_CASE("a ratio of geometric means is a difference of logarithms") {
  const std::vector<double> x = {2, 8}, y = {1, 4};
  const Difference d = as_ratio(paired(logarithms(x, "test"), logarithms(y, "test")));
  CHECK(d.estimate.value == Approx(2).epsilon(1e-14));
  CHECK(d.estimate.lower == Approx(2).epsilon(1e-9));
  CHECK_THROWS_WITH(logarithms(std::vector<double>{0}, "test"),
                    "test: expected positive values, got 0.000000");
}

TEST_CASE("a power law is found exactly, and its interval is that of a straight line") {
  const std::vector<double> x = {1, 2, 4, 8}, exact = {3, 1.5, 0.75, 0.375};
  const PowerLaw law = log_log_slope(x, exact);
  CHECK(law.slope.value == Approx(-1).epsilon(1e-14));
  CHECK(law.factor == Approx(3).epsilon(1e-14));
  const double e = std::exp(1);  // log y = (0, 1, 1, 2) over log x = log 2 (0, 1, 2, 3)
  const PowerLaw noisy = log_log_slope(x, std::vector<double>{1, e, e, e * e});
  CHECK(noisy.slope.value == Approx(0.6 / std::log(2)).epsilon(1e-12));
  CHECK(noisy.slope.upper - noisy.slope.value ==
        Approx(4.302652729749464 * std::sqrt(0.2 / 2 / 5) / std::log(2)).epsilon(1e-9));
  CHECK(
      std::isnan(log_log_slope(std::vector<double>{1, 2}, std::vector<double>{1, 3}).slope.lower));
  CHECK_THROWS(log_log_slope(std::vector<double>{2, 2}, std::vector<double>{1, 3}));
}
