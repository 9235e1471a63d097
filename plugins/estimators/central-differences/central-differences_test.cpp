#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/study.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

TEST_CASE("central differences on common noise are those of the recorded returns") {
  constexpr std::size_t N = 5;
  Study study(regulator(), "central-differences", "delta = 0.125", N);
  const Estimate made = study.estimate();
  REQUIRE(made.units == N);
  for (std::size_t j = 0; j < 8; ++j) {
    std::vector<double> above = study.theta, below = study.theta;
    above[j] += 0.125;
    below[j] -= 0.125;
    const auto up = study.returns(above, N), down = study.returns(below, N);
    for (std::size_t i = 0; i < N; ++i)
      CHECK_THAT(made.contributions[i * 8 + j], WithinAbs((up[i] - down[i]) / 0.25, 1e-12));
  }
}

TEST_CASE("central differences on independent noise share none between sides and coordinates") {
  constexpr std::size_t N = 3;
  Study study(regulator(), "central-differences", "delta = 0.125\ncommon_noise = false", N);
  const seedbed_batch batch = study.sample();
  REQUIRE(batch.episodes == 16 * N);
  for (std::size_t e = 0; e < batch.episodes; ++e) CHECK(batch.noise[e] == e);
  const Estimate made = study.estimate();
  std::vector<double> below = study.theta, above = study.theta;
  above[7] += 0.125;
  below[7] -= 0.125;
  const auto up = study.returns(above, N, 14 * N), down = study.returns(below, N, 15 * N);
  for (std::size_t i = 0; i < N; ++i)
    CHECK_THAT(made.contributions[i * 8 + 7], WithinAbs((up[i] - down[i]) / 0.25, 1e-12));
}

TEST_CASE("a small delta on common noise gives what pathwise gives, trajectory by trajectory") {
  Study differences(regulator(), "central-differences", "delta = 1e-4", 20);
  Study pathwise(regulator(), "pathwise", "", 20);
  const Estimate numeric = differences.estimate(), analytic = pathwise.estimate();
  CHECK(numeric.contributions != analytic.contributions);
  for (std::size_t k = 0; k < 20 * 8; ++k)
    CHECK_THAT(
        numeric.contributions[k],
        WithinAbs(analytic.contributions[k], 1e-5 * (1.0 + std::abs(numeric.gradient[k % 8]))));
}

TEST_CASE("central differences have the bias of their page, and say that they are biased") {
  // Over one step J is quadratic in K, so the bias is 0 at any delta; in s = log sigma J holds a
  // multiple of e^(2s), whose central difference is its derivative times sinh(2 delta) / (2 delta).
  Configuration c = regulator();
  c.objective.horizon = 1;
  const double delta = 0.25;
  Study study(c, "central-differences", "delta = 0.25\ncommon_noise = true", 60000);
  CHECK(study.estimator.info.bias == SEEDBED_BIASED);
  const Estimate made = study.estimate();
  const Exact truth = study.truth();
  const auto error = [&](std::size_t j) { return std::sqrt(made.variance()[j] / 60000.0); };
  for (std::size_t j = 0; j < 6; ++j)
    CHECK_THAT(made.gradient[j], WithinAbs(truth.gradient[j], 5.0 * error(j)));
  const double inflation = (std::exp(2.0 * delta) - std::exp(-2.0 * delta)) / (4.0 * delta);
  CHECK_THAT(made.gradient[6], WithinAbs(truth.gradient[6] * inflation, 5.0 * error(6)));
  CHECK(std::abs(truth.gradient[6]) * (inflation - 1.0) > 5.0 * error(6));
}

TEST_CASE("central differences ask for 2 d N rollouts and leave theta where it is") {
  Study study(regulator(), "central-differences", "delta = 0.5", 2);
  const seedbed_batch batch = study.sample();
  REQUIRE(batch.requests == 16);
  for (std::size_t k = 0; k < 16; ++k)
    for (std::size_t j = 0; j < 8; ++j) {
      const double side = k / 2 != j ? 0.0 : k % 2 == 0 ? 0.5 : -0.5;
      CHECK(batch.request_theta[k][j] == study.theta[j] + side);
    }
}
