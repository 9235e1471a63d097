#include <catch2/catch.hpp>

#include "certificate/study.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

TEST_CASE("forward differences on common noise are those of the recorded returns") {
  constexpr std::size_t N = 5;
  Study study(regulator(), "forward-differences", "delta = 0.125", N);
  const Estimate made = study.estimate();
  REQUIRE(made.units == N);
  const auto here = study.returns(study.theta, N);
  for (std::size_t j = 0; j < 8; ++j) {
    std::vector<double> above = study.theta;
    above[j] += 0.125;
    const auto up = study.returns(above, N);
    for (std::size_t i = 0; i < N; ++i)
      CHECK_THAT(made.contributions[i * 8 + j], WithinAbs((up[i] - here[i]) / 0.125, 1e-12));
  }
}

TEST_CASE("forward differences on independent noise share none but that of theta itself") {
  constexpr std::size_t N = 3;
  Study study(regulator(), "forward-differences", "delta = 0.125\ncommon_noise = false", N);
  const seedbed_batch batch = study.sample();
  REQUIRE(batch.episodes == 9 * N);
  for (std::size_t e = 0; e < batch.episodes; ++e) CHECK(batch.noise[e] == e);
  const Estimate made = study.estimate();
  std::vector<double> above = study.theta;
  above[7] += 0.125;
  const auto up = study.returns(above, N, 8 * N), here = study.returns(study.theta, N);
  for (std::size_t i = 0; i < N; ++i)
    CHECK_THAT(made.contributions[i * 8 + 7], WithinAbs((up[i] - here[i]) / 0.125, 1e-12));
}

TEST_CASE("the bias of forward differences halves with delta where J is quadratic") {
  // At fixed noise R is a quadratic of K over one step: (forward - central) = delta/2 R''.
  Configuration c = regulator();
  c.objective.horizon = 1;
  Study exact(c, "pathwise", "", 4), wide(c, "forward-differences", "delta = 0.5", 4),
      narrow(c, "forward-differences", "delta = 0.25", 4);
  CHECK(wide.estimator.info.bias == SEEDBED_BIASED);
  const Estimate g = exact.estimate(), w = wide.estimate(), n = narrow.estimate();
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 6; ++j) {
      const std::size_t k = i * 8 + j;
      const double bias = w.contributions[k] - g.contributions[k];
      CHECK(bias < 0.0);  // the cost is convex in K
      CHECK_THAT(n.contributions[k] - g.contributions[k], WithinAbs(bias / 2.0, 1e-12));
    }
}

TEST_CASE("forward differences ask for (d + 1) N rollouts, the first N at theta") {
  Study study(regulator(), "forward-differences", "delta = 0.5", 2);
  const seedbed_batch batch = study.sample();
  REQUIRE(batch.requests == 9);
  for (std::size_t k = 0; k < 9; ++k)
    for (std::size_t j = 0; j < 8; ++j)
      CHECK(batch.request_theta[k][j] == study.theta[j] + (k == j + 1 ? 0.5 : 0.0));
}
