#include "diagnostics/blocks.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/math.hpp>

#include "diagnostics/quantile.hpp"

using namespace seedbed;

namespace {

/// Some numbers; no law is needed.
std::vector<double> vector_number(std::size_t i) {
  const double u = 0.37 * double(i * i % 97), v = 0.11 * double(i * 31 % 53);
  return {u - 3.0, v * v, u - v};
}

/// tr Var and |mean|^2 by their definitions, of the numbers i that `in` takes.
template <class In>
Spread direct(std::size_t M, In&& in) {
  Spread s;
  std::vector<double> mean(3, 0.0);
  for (std::size_t i = 0; i < M; ++i) s.n += in(i) ? 1.0 : 0.0;
  for (std::size_t i = 0; i < M; ++i)
    for (std::size_t j = 0; j < 3; ++j) mean[j] += in(i) ? vector_number(i)[j] / s.n : 0.0;
  for (std::size_t j = 0; j < 3; ++j) s.squared_norm += mean[j] * mean[j];
  for (std::size_t i = 0; i < M; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      s.squares += in(i) ? std::pow(vector_number(i)[j] - mean[j], 2) : 0.0;
  return s;
}

}  // namespace

TEST_CASE("the jackknife of a mean over groups of one is its standard error") {
  const std::vector<double> x = {1.0, -2.0, 4.5, 0.25, 9.0};
  BlockedMean mean;
  double sum = 12.75, squares = 0;
  for (std::size_t i = 0; i < 5; ++i) mean.add(i, x[i]);
  for (const double each : x) squares += std::pow(each - sum / 5, 2);
  CHECK(mean.mean() == Approx(2.55).epsilon(1e-14));
  CHECK(mean.error() == Approx(std::sqrt(squares / 4 / 5)).epsilon(1e-13));
  CHECK(mean.measured().upper == Approx(2.55 + 2.776445105 * mean.error()).epsilon(1e-9));
}

TEST_CASE("the jackknife of equal groups is the one of the textbooks") {
  const std::vector<double> without = {1.0, 1.5, 0.75, 1.25};
  double mean = 0, squares = 0;
  for (const double each : without) mean += each / 4;
  for (const double each : without) squares += std::pow(each - mean, 2);
  CHECK(jackknife_error(1.1, without, std::vector<std::uint64_t>(4, 3)) ==
        Approx(std::sqrt(0.75 * squares)).epsilon(1e-13));
  CHECK(std::isnan(jackknife_error(1.0, std::vector<double>{1.0}, std::vector<std::uint64_t>{1})));
}

TEST_CASE("the jackknife of a mean over unequal groups weighs them by their size") {
  const std::vector<double> x = {1.0, 3.0, 2.0, 7.0, -1.0};  // groups {0, 1}, {2}, {3, 4}
  const std::vector<std::uint64_t> size = {2, 1, 2};
  const std::vector<double> without = {8.0 / 3, 10.0 / 4, 6.0 / 3}, mean = {2.0, 2.0, 3.0};
  double expected = 0;  // of a mean, x_J = x and (h_j - 1)(x - x_(-j)) = x_j - x
  for (std::size_t j = 0; j < 3; ++j)
    expected += std::pow(mean[j] - 2.4, 2) / (5.0 / double(size[j]) - 1.0) / 3;
  CHECK(jackknife_error(2.4, without, size) == Approx(std::sqrt(expected)).epsilon(1e-13));
}

TEST_CASE("a spread as a whole and without a block agrees with its definition") {
  constexpr std::size_t M = 230;
  BlockedSpread spread(3);
  for (std::size_t i = 0; i < M; ++i) spread.add(vector_number(i));
  const Spread all = direct(M, [](std::size_t) { return true; });
  CHECK(spread.groups() == 115);  // of two
  CHECK(spread.whole().trace() == Approx(all.trace()).epsilon(1e-12));
  CHECK(spread.whole().signal_to_noise() == Approx(all.signal_to_noise()).epsilon(1e-12));
  std::vector<double> without;
  std::vector<std::uint64_t> size;
  for (std::size_t k = 0; k < 115; ++k) {
    const Spread rest = direct(M, [&](std::size_t i) { return i / 2 != k; });
    without.push_back(rest.signal_to_noise());
    size.push_back(M - static_cast<std::uint64_t>(rest.n));
  }
  CHECK(spread.error([](const Spread& s) { return s.signal_to_noise(); }) ==
        Approx(jackknife_error(all.signal_to_noise(), without, size)).epsilon(1e-9));
}

TEST_CASE(
    "blocks are as many as 65 to 128, the last one shorter, and deviations are the jackknife's") {
  for (const std::size_t M : {5u, 128u, 129u, 1000u}) {
    BlockedSpread spread(3);
    BlockedMean first;
    for (std::size_t i = 0; i < M; ++i) {
      spread.add(vector_number(i));
      first.add(i, vector_number(i)[0]);
    }
    const Spread all = direct(M, [](std::size_t) { return true; });
    CHECK(spread.groups() == (M < 129 ? M : M == 129 ? 65 : 125));
    CHECK(first.groups() == spread.groups());
    CHECK(spread.whole().squares == Approx(all.squares).epsilon(1e-12));
    const std::vector<double> A = spread.deviations();
    double variance = 0.0;
    for (std::size_t k = 0; k < spread.groups(); ++k) variance += A[k] * A[k];
    CHECK(std::sqrt(variance) == Approx(first.error()).epsilon(1e-10));
  }
}

TEST_CASE("the plug-in signal-to-noise ratio may be negative") {
  CHECK(Spread{10.0, 0.0, 90.0}.signal_to_noise() == -0.1);
  CHECK(Spread{10.0, 5.0, 90.0}.signal_to_noise() == 0.4);
}

TEST_CASE("a mean of numbers from some batches uses the blocks that have one") {
  BlockedMean mean;
  for (std::uint64_t b = 0; b < 1000; b += 250) mean.add(b, double(b));
  CHECK(mean.groups() == 4);
  CHECK(mean.mean() == 375.0);
  CHECK(mean.error() == Approx(std::sqrt(312500.0 / 3 / 4)).epsilon(1e-13));
  CHECK(std::isnan(BlockedMean().measured().value));
}

TEST_CASE("Wilson's interval of a share stays inside of [0, 1]") {
  const Measured p = proportion(8, 10);  // Wilson 1927; e.g. Brown, Cai & DasGupta 2001
  CHECK(p.value == 0.8);
  CHECK(p.lower == Approx(0.4901625).epsilon(1e-6));
  CHECK(p.upper == Approx(0.9433178).epsilon(1e-6));
  CHECK(proportion(0, 20).lower == Approx(0.0).margin(1e-12));
  CHECK(proportion(0, 20).upper > 0.1);
  CHECK(std::isnan(proportion(0, 0).value));
}

TEST_CASE("what is positive has an interval of factors, and 0 that of 0") {
  const Measured x = log_interval(2.0, 0.1, 10);
  CHECK(x.upper == Approx(2.0 * std::exp(0.2262157163)).epsilon(1e-12));
  CHECK(x.lower == Approx(2.0 / std::exp(0.2262157163)).epsilon(1e-12));
  CHECK(log_interval(0.0, NAN, 10).upper == 0.0);
  CHECK(std::isnan(log_interval(2.0, 0.1, 1).upper));
}
