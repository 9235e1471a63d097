#include "diagnostics/moments.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace seedbed;

namespace {

const std::vector<double> x = {1.0, -2.0, 4.5, 0.25, 9.0}, y = {0.5, 3.0, -1.0, 2.0, 7.0};

double sum_of(const std::vector<double>& a, const std::vector<double>& b, int power = 1) {
  double mean_a = 0, mean_b = 0, sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    mean_a += a[i] / double(a.size());
    mean_b += b[i] / double(b.size());
  }
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += std::pow((a[i] - mean_a) * (b[i] - mean_b), power);
  return sum;
}

Moments moments() {
  Moments m(2);
  for (std::size_t i = 0; i < x.size(); ++i) m.add({x[i], y[i]});
  return m;
}

}  // namespace

TEST_CASE("moments agree with their definitions") {
  const Moments m = moments();
  double m3 = 0;
  for (const double v : x) m3 += std::pow(v - m.mean[0], 3);
  CHECK(m.mean[0] == Approx(2.55).epsilon(1e-14));
  CHECK(m.m2[0] == Approx(sum_of(x, x)).epsilon(1e-13));
  CHECK(m.m3[0] == Approx(m3).epsilon(1e-13));
  CHECK(m.m4[0] == Approx(sum_of(x, x, 2)).epsilon(1e-13));
  CHECK(m.kurtosis(0) == Approx(5 * sum_of(x, x, 2) / std::pow(sum_of(x, x), 2)).epsilon(1e-13));
}

TEST_CASE("a variance has the interval of its fourth moment on the logarithm") {
  const Moments m = moments();
  const Measured v = m.variance(1);
  const double s2 = sum_of(y, y) / 4, relative = std::sqrt((m.kurtosis(1) - 2.0 / 4.0) / 5);
  CHECK(v.value == Approx(s2).epsilon(1e-13));
  CHECK(v.upper == Approx(s2 * std::exp(1.959963985 * relative)).epsilon(1e-12));
  CHECK(v.lower * v.upper == Approx(s2 * s2).epsilon(1e-12));
  CHECK(m.standard_error(1) == Approx(std::sqrt(s2 / 5)).epsilon(1e-13));
}

TEST_CASE("of one vector there is a mean and no variance, and what does not vary has variance 0") {
  Moments m(1);
  m.add({3.0});
  CHECK(m.mean[0] == 3.0);
  CHECK(std::isnan(m.variance(0).value));
  m.add({3.0});
  CHECK(m.variance(0).upper == 0.0);
}
