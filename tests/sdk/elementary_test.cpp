#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <seedbed/math.hpp>
#include <vector>

using namespace seedbed;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Distance of x from y in units of the last place of y.
double ulps(double x, long double y) {
  int exponent = 0;
  std::frexp(static_cast<double>(y), &exponent);
  const long double unit = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::abs(static_cast<long double>(x) - y) / unit);
}

/// `count` numbers spread evenly over low .. high, each a little off its place.
std::vector<double> spread(double low, double high, std::size_t count) {
  std::vector<double> x(count);
  std::mt19937_64 bits(7);
  for (std::size_t i = 0; i < count; ++i)
    x[i] = low + (high - low) *
                     (static_cast<double>(i) + static_cast<double>(bits() >> 11) * 0x1p-53) /
                     static_cast<double>(count);
  return x;
}

/// sin pi x; x - round(x) is exact.
long double sinpi(long double x) {
  const long double n = std::round(x), r = std::sin(std::numbers::pi_v<long double> * (x - n));
  return std::fmod(n, 2.0L) == 0.0L ? r : -r;
}

struct Worst {
  double exp = 0, log = 0, sine = 0, cosine = 0;
};

Worst worst_over(double low, double high) {
  Worst worst;
  for (const double x : spread(low, high, 100000)) {
    worst.exp = std::max(worst.exp, ulps(math::exp(x), std::exp(static_cast<long double>(x))));
    const double y = std::exp(x);
    worst.log = std::max(worst.log, ulps(math::log(y), std::log(static_cast<long double>(y))));
    const auto [sine, cosine] = math::sincos(x);
    worst.sine = std::max(worst.sine, ulps(sine, std::sin(static_cast<long double>(x))));
    worst.cosine = std::max(worst.cosine, ulps(cosine, std::cos(static_cast<long double>(x))));
  }
  return worst;
}

}  // namespace

TEST_CASE("exp and log are within 1 ulp, sin and cos within 1.5") {
  for (const auto& [low, high] : {std::pair{-1.0, 1.0}, {-20.0, 20.0}, {-707.0, 709.0}}) {
    const Worst worst = worst_over(low, high);
    INFO(low << " to " << high);
    CHECK(worst.exp < 1.0);
    CHECK(worst.log < 1.0);
    CHECK(worst.sine < 1.5);
    CHECK(worst.cosine < 1.5);
  }
  for (const double x : spread(-0x1p20, 0x1p20, 100000))
    CHECK(ulps(math::sincos(x).sine, std::sin(static_cast<long double>(x))) < 1.6);
}

TEST_CASE("exp, log, sin and cos are exact where that has a meaning") {
  CHECK(math::exp(0.0) == 1.0);
  CHECK(math::exp(-infinity) == 0.0);
  CHECK(math::exp(-746.0) == 0.0);
  CHECK(math::exp(-745.0) == std::numeric_limits<double>::denorm_min());
  CHECK(math::exp(710.0) == infinity);
  CHECK(math::exp(infinity) == infinity);
  CHECK(std::isnan(math::exp(std::nan(""))));
  CHECK(math::log(1.0) == 0.0);
  CHECK(math::log(0.0) == -infinity);
  CHECK(math::log(infinity) == infinity);
  CHECK(std::isnan(math::log(-1.0)));
  CHECK(std::isnan(math::log(std::nan(""))));
  CHECK(ulps(math::log(0x1p-1060), std::log(0x1p-1060L)) < 1.0);
  CHECK(math::sincos(0.0).sine == 0.0);
  CHECK(math::sincos(0.0).cosine == 1.0);
  CHECK(ulps(math::sincos(1e300).sine, std::sin(static_cast<long double>(1e300))) < 1.0);
  CHECK(std::isnan(math::sincos(infinity).sine));
  CHECK(std::isnan(math::sincos(std::nan("")).cosine));
}

TEST_CASE("sin and cos of multiples of pi are within 2 ulp, exact at quarters of a turn") {
  for (const double size : {0.25, 2.0, 0x1p20})
    for (const double x : spread(-size, size, 100000)) {
      const auto [sine, cosine] = elementary::sincospi(x);
      REQUIRE(ulps(sine, sinpi(x)) < 2.0);
      REQUIRE(ulps(cosine, sinpi(x + 0.5L)) < 2.0);
    }
  for (int n = -8; n <= 8; ++n) {
    const auto [sine, cosine] = elementary::sincospi(0.5 * n);
    CHECK(sine == (n % 2 == 0 ? 0.0 : (n + 8) % 4 == 1 ? 1.0 : -1.0));
    CHECK(cosine == (n % 2 != 0 ? 0.0 : (n + 8) % 4 == 0 ? 1.0 : -1.0));
  }
  CHECK(std::isnan(elementary::sincospi(std::nan("")).cosine));
}

TEST_CASE("Box and Muller's normals are within 4 ulp, those of the smallest uniforms too") {
  const auto check = [](double u, double v) {
    const auto [first, second] = elementary::box_muller(u, v);
    const long double radius = std::sqrt(-2.0L * std::log(static_cast<long double>(u)));
    REQUIRE(ulps(first, radius * sinpi(2.0L * v + 0.5L)) < 4.0);
    REQUIRE(ulps(second, radius * sinpi(2.0L * v)) < 4.0);
  };
  const std::vector<double> u = spread(0.0, 1.0, 100000), v = spread(0.0, 1.0, 99991);
  for (std::size_t i = 0; i < u.size(); ++i) check(u[i], v[i * 7919 % v.size()]);
  for (const double one : {0x1p-53, 0.25, 0.5, 1.0 - 0x1p-53})
    for (const double other : {0x1p-53, 0.25, 0.5, 1.0 - 0x1p-53}) check(one, other);
}

TEST_CASE("log 1 + x of x from 0 to 1 is within 1 ulp, exact at both ends") {
  using elementary::log1p_of_zero_to_one;
  for (const double high : {1.0, 1e-3, 1e-18, 1e-300})
    for (const double x : spread(0.0, high, 100000))
      REQUIRE(ulps(log1p_of_zero_to_one(x), std::log1p(static_cast<long double>(x))) < 1.0);
  CHECK(log1p_of_zero_to_one(0.0) == 0.0);
  CHECK(log1p_of_zero_to_one(1.0) == 0x1.62e42fefa39efp-1);
  CHECK(std::isnan(log1p_of_zero_to_one(std::nan(""))));
}

TEST_CASE("a function of an array has the bits of the function of each number") {
  for (const double scale : {0.5, 1.0, 800.0, 1e8})
    for (const std::size_t n : {1u, 3u, 8u, 47u}) {
      std::vector<double> x = spread(-scale, scale, n), y(n), z(n);
      math::exp(x.data(), y.data(), n);
      for (std::size_t j = 0; j < n; ++j) CHECK(y[j] == math::exp(x[j]));
      math::sincos(x.data(), y.data(), z.data(), n);
      for (std::size_t j = 0; j < n; ++j) CHECK(y[j] == math::sincos(x[j]).sine);
      for (std::size_t j = 0; j < n; ++j) CHECK(z[j] == math::sincos(x[j]).cosine);
      for (double& value : x) value = std::abs(value);
      if (n == 3) x[1] = 0.0;
      math::log(x.data(), y.data(), n);
      for (std::size_t j = 0; j < n; ++j) CHECK(y[j] == math::log(x[j]));
    }
}

TEST_CASE("a function of part of the numbers has the bits of the function of all") {
  using namespace elementary;
  for (const auto& [low, high] : {std::pair{-708.0, 0.0}, {-40.0, 0.0}, {-1.0, 0.0}})
    for (const double x : spread(low, high, 100000))
      REQUIRE(exp_of_negative(x) == elementary::exp(x));
  CHECK(exp_of_negative(0.0) == 1.0);
  CHECK(exp_of_negative(-infinity) == exp_of_negative(-708.0));
  CHECK(std::isnan(exp_of_negative(std::nan(""))));
  std::vector<double> small = spread(-eighth, eighth, 100000);
  small.insert(small.end(), {eighth, -eighth, 0.0, -0.0});
  for (const double r : small) {
    REQUIRE(sincos_of_eighth(r).sine == elementary::sincos(r).sine);
    REQUIRE(sincos_of_eighth(r).cosine == elementary::sincos(r).cosine);
  }
  CHECK(elementary::sincos(1.5).sine != sincos_of_eighth(1.5).sine);
}
