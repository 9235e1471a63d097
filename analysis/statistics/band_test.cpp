#include "analysis/statistics/band.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/error.hpp>

#include "analysis/statistics/noise.hpp"
#include "analysis/statistics/student.hpp"

using namespace seedbed::statistics;

namespace {

/// Replicates of a random walk around 0: neighbouring points move together.
Scores walks(std::uint32_t draw, Eigen::Index replicates, Eigen::Index points) {
  std::vector<double> z(static_cast<std::size_t>(replicates * points));
  normals(3, 1, draw, z);
  Scores curves = Eigen::Map<const Scores>(z.data(), replicates, points);
  for (Eigen::Index i = 1; i < points; ++i) curves.col(i) += 0.8 * curves.col(i - 1);
  return curves;
}

bool holds_zero_everywhere(const Band& band) {
  for (std::size_t i = 0; i < band.value.size(); ++i)
    if (band.lower[i] > 0 || band.upper[i] < 0) return false;
  return true;
}

}  // namespace

TEST_CASE("named normal numbers are a function of their name and have their moments") {
  std::vector<double> z(100001), few(5), other(5), sign(100001);
  normals(9, 2, 4, z);
  normals(9, 2, 4, few);
  normals(9, 3, 4, other);
  double m1 = 0, m2 = 0, m4 = 0;
  for (const double x : z) m1 += x, m2 += x * x, m4 += x * x * x * x;
  const auto n = static_cast<double>(z.size());
  CHECK(std::equal(few.begin(), few.end(), z.begin()));
  CHECK(few != other);
  CHECK(std::abs(m1 / n) < 4.5 / std::sqrt(n));
  CHECK(std::abs(m2 / n - 1) < 4.5 * std::sqrt(2 / n));
  CHECK(std::abs(m4 / n - 3) < 4.5 * std::sqrt(96 / n));
  signs(9, 2, 4, sign);
  double sum = 0, neighbours = 0;
  for (std::size_t i = 1; i < sign.size(); ++i) sum += sign[i], neighbours += sign[i] * sign[i - 1];
  CHECK(std::abs(sum / n) < 4.5 / std::sqrt(n));
  CHECK(std::abs(neighbours / n) < 4.5 / std::sqrt(n));
}

TEST_CASE("a pointwise band is Student's interval at each point") {
  Scores curves(3, 2);
  curves << 1, 5, 2, 5, 3, 5;
  const Band band = pointwise_band(curves);
  CHECK(band.value == std::vector<double>{2, 5});
  CHECK(band.factor == Approx(4.302652729749464).epsilon(1e-12));
  CHECK(band.upper[0] == Approx(2 + 4.302652729749464 / std::sqrt(3)).epsilon(1e-12));
  CHECK(band.lower[1] == 5);
  CHECK(std::isnan(pointwise_band(curves.topRows(1)).lower[0]));
}

TEST_CASE("a simultaneous band lies between the pointwise one and Bonferroni's") {
  const Scores one = walks(0, 30, 1);
  const Scores together =
      one.replicate(1, 40).rowwise() * Eigen::ArrayXd::LinSpaced(40, 1, 7).transpose();
  const double t = student_quantile(0.95, 29);
  CHECK(simultaneous_band(one, {.key = 1}).factor == t);
  CHECK(simultaneous_band(together, {.key = 1}).factor < 1.04 * t);  // they move as one
  CHECK(simultaneous_band(walks(0, 30, 40), {.key = 1}).factor > 1.4 * t);
  CHECK(simultaneous_band(walks(0, 2, 40), {.key = 1}).factor ==
        Approx(student_quantile(1 - 0.05 / 40, 1)));
  CHECK(std::isnan(simultaneous_band(walks(0, 1, 40), {.key = 1}).factor));
}

TEST_CASE("the factor of a simultaneous band is the quantile over all signs of the residuals") {
  const int n = 10;
  const Scores residuals = walks(2, n, 6).rowwise() - walks(2, n, 6).colwise().mean();
  std::vector<double> all;
  for (int signs = 0; signs < 1 << n; ++signs) {
    double most = 0;
    for (Eigen::Index i = 0; i < residuals.cols(); ++i) {
      std::vector<double> flipped;
      for (int r = 0; r < n; ++r)
        flipped.push_back((signs >> r & 1) != 0 ? residuals(r, i) : -residuals(r, i));
      const double mean = mean_with_interval(flipped).value;
      most = std::max(most, std::abs(mean) / std::sqrt(sample_variance(flipped) / n));
    }
    all.push_back(most);
  }
  std::sort(all.begin(), all.end());
  const double factor = simultaneous_band(walks(2, n, 6), {.key = 8, .draws = 40000}).factor;
  const double se = std::sqrt(0.95 * 0.05 / 40000);
  CHECK(factor >= all[static_cast<std::size_t>((0.95 - 4.5 * se) * 1024) - 1] - 1e-9);
  CHECK(factor <= all[static_cast<std::size_t>((0.95 + 4.5 * se) * 1024) + 1] + 1e-9);
}

TEST_CASE("a simultaneous band is a function of curves and key") {
  const Scores curves = walks(4, 10, 20);
  CHECK(simultaneous_band(curves, {.key = 1}).lower == simultaneous_band(curves, {.key = 1}).lower);
  CHECK(simultaneous_band(curves, {.key = 1}).lower != simultaneous_band(curves, {.key = 2}).lower);
}

TEST_CASE(
    "a simultaneous band holds the whole curve as often as it says, a pointwise one does not") {
  const int experiments = 1500;
  int whole = 0, pointwise = 0;
  for (std::uint32_t e = 0; e < experiments; ++e) {
    const Scores curves = walks(e, 12, 25);
    whole += holds_zero_everywhere(simultaneous_band(curves, {.key = e, .draws = 600}));
    pointwise += holds_zero_everywhere(pointwise_band(curves));
  }
  const double se = std::sqrt(0.05 * 0.95 / experiments);
  CHECK(std::abs(static_cast<double>(whole) / experiments - 0.95) < 4 * se);
  CHECK(static_cast<double>(pointwise) / experiments < 0.8);
}

TEST_CASE("the area under a curve is by trapezoids, as a mean height") {
  Scores curves(2, 3);
  curves << 0, 2, 4, 1, 1, 1;
  CHECK(mean_heights({0, 1, 3}, curves) == std::vector<double>{(1.0 + 6.0) / 3, 1});
  const Estimate area = area_under_curve({0, 1, 3}, curves);
  CHECK(area.value == Approx(5.0 / 3).epsilon(1e-15));
  CHECK(area.upper - area.value == Approx(12.706204736432095 * 2.0 / 3).epsilon(1e-9));
  CHECK_THROWS_WITH(mean_heights({0, 0, 1}, curves),
                    "area under the curve: expected one ascending x for each of 3 points, got "
                    "others");
}
