#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <seedbed/math.hpp>
#include <vector>

using namespace seedbed;

namespace {

/// Of every size: packs of several registers, of one, and a part of one.
constexpr std::size_t sizes[] = {1, 3, 7, 8, 9, 47, 48, 49, 96, 101};

std::vector<double> numbers(double low, double high, std::size_t n) {
  std::mt19937_64 bits(n);
  std::vector<double> x(n);
  for (double& value : x) value = low + (high - low) * static_cast<double>(bits() >> 11) * 0x1p-53;
  return x;
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// `of` gives each lane of a pack the bits that it gives its number, and writes nothing else.
template <class Of>
void holds_to_numbers(const std::vector<double>& x, Of&& of) {
  constexpr double untouched = 77.0;
  std::vector<double> y(x.size() + 8, untouched);
  in_packs(x.size(), [&](auto lanes) { lanes.store(y.data(), of(lanes.load(x.data()))); });
  for (std::size_t j = 0; j < x.size(); ++j) {
    INFO("lane " << j << " of " << x.size() << ": " << x[j]);
    REQUIRE(same_bits(y[j], of(x[j])));
  }
  for (std::size_t j = x.size(); j < y.size(); ++j) REQUIRE(y[j] == untouched);
}

}  // namespace

TEST_CASE("a formula on packs gives each lane the bits of the formula on its number") {
  for (const std::size_t n : sizes) {
    holds_to_numbers(numbers(-3.0, 3.0, n), [](auto x) { return (x + 0.1) * x - 2.0 / (x - 7.0); });
    holds_to_numbers(numbers(-3.0, 3.0, n),
                     [](auto x) { return select(x > 1.0, x * x, select(x <= -1.0, -x, 0.5 + x)); });
    holds_to_numbers(numbers(-800.0, 0.0, n),
                     [](auto x) { return elementary::exp_of_negative(x); });
    holds_to_numbers(numbers(0.0, 1.0, n),
                     [](auto x) { return elementary::log1p_of_zero_to_one(x); });
    holds_to_numbers(numbers(0.0, 9.0, n), [](auto x) {
      using elementary::sqrt;
      return elementary::log(x) + sqrt(x);
    });
    holds_to_numbers(numbers(1e-300, 1e-290, n), [](auto x) { return elementary::log(x); });
    holds_to_numbers(numbers(-9.0, 9.0, n), [](auto x) {
      const auto [sine, cosine] = elementary::sincospi(x);
      return sine + cosine;
    });
  }
}

TEST_CASE("sine and cosine of packs: small angles, turned ones, and beyond the polynomials") {
  for (const double size : {0.7, 5.0, 1e5, 1e9})
    for (const std::size_t n : sizes) {
      holds_to_numbers(numbers(-size, size, n), [](auto x) { return math::sincos(x).sine; });
      holds_to_numbers(numbers(-size, size, n), [](auto x) { return math::sincos(x).cosine; });
    }
}

TEST_CASE("no angle and infinity stay what they are among other lanes") {
  for (const double odd :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -0.0}) {
    std::vector<double> x = numbers(-1.0, 1.0, 48), y(48), z(48);
    x[17] = odd;
    math::sincos(x.data(), y.data(), z.data(), x.size());
    for (std::size_t j = 0; j < x.size(); ++j) {
      const auto [sine, cosine] = math::sincos(x[j]);
      CHECK(std::isnan(y[j]) == std::isnan(sine));
      CHECK((std::isnan(sine) || (same_bits(y[j], sine) && same_bits(z[j], cosine))));
    }
    in_packs(x.size(), [&](auto lanes) {
      const auto values = lanes.load(x.data());
      lanes.store(y.data(), select(abs(values) <= 1.0, 0.0 * values, 1.0));
      lanes.store(z.data(), elementary::exp_of_negative(-abs(values)));
    });
    CHECK(y[17] == (odd == 0.0 ? 0.0 : 1.0));
    CHECK(std::isnan(z[17]) == std::isnan(odd));
  }
}

TEST_CASE("all lanes or not all") {
  for (std::size_t odd = 0; odd < 49; ++odd) {
    double x[48];
    for (std::size_t j = 0; j < 48; ++j) x[j] = j == odd ? 2.0 : 1.0;
    const PackOfLanes<Pack<6>::size == 48 ? 6 : 12> lanes{0};
    CHECK(all(lanes.load(x) <= 1.0) == (odd == 48));
    CHECK(all((lanes.load(x) < 1.5) | (lanes.load(x) == 2.0)));
  }
}
