#include "oracle/noise_rule.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

template <class Function>
double mean(const NoiseRule& rule, Function&& f) {
  double sum = 0.0;
  for (std::size_t i = 0; i < rule.value.size(); ++i) sum += rule.weight[i] * f(rule.value[i]);
  return sum;
}

}  // namespace

TEST_CASE("n nodes of a normal number have its first 2n - 1 moments, and not the next") {
  for (const std::size_t n : {2U, 3U, 4U, 7U, 10U}) {
    const NoiseRule rule = normal_rule(n);
    double moment = 1.0;  // E z^k = (k - 1)!! for even k
    for (std::size_t k = 0; k <= 2 * n; k += 2) {
      const double found = mean(rule, [&](double z) { return std::pow(z, k); });
      if (k < 2 * n)
        CHECK_THAT(found / moment, WithinAbs(1.0, 1e-13));
      else
        CHECK(found < 0.999 * moment);
      moment *= static_cast<double>(k + 1);
      CHECK_THAT(mean(rule, [&](double z) { return std::pow(z, k + 1); }) / moment,
                 WithinAbs(0.0, 1e-13));
    }
  }
}

TEST_CASE("the nodes of Gauss and Hermite are the published ones") {
  const NoiseRule three = normal_rule(3);
  CHECK_THAT(three.value[2], WithinAbs(std::sqrt(3.0), 1e-15));
  CHECK_THAT(three.weight[2], WithinAbs(1.0 / 6.0, 1e-15));
  CHECK(three.value[1] == 0.0);
  CHECK_THAT(three.weight[1], WithinAbs(2.0 / 3.0, 1e-15));
}

TEST_CASE("an even number of normal nodes is right for signs") {
  CHECK_THAT(mean(normal_rule(6), [](double z) { return z > 0.0 ? 3.0 : 1.0; }),
             WithinAbs(2.0, 1e-14));
}

TEST_CASE("nodes of a uniform number are right for polynomials and for a fair coin") {
  for (const std::size_t n : {2U, 3U, 4U, 8U}) {
    const NoiseRule rule = uniform_rule(n);
    for (std::size_t k = 0; k < n; ++k)
      CHECK_THAT(mean(rule, [&](double u) { return std::pow(u, k); }),
                 WithinAbs(1.0 / static_cast<double>(k + 1), 1e-15));
    CHECK_THAT(mean(rule, [](double u) { return u < 0.5 ? -1.0 : 1.0; }), WithinAbs(0.0, 1e-15));
    for (const double u : rule.value) CHECK((u > 0.0 && u < 1.0));
  }
}
