#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/study.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

/// Each contribution from the requests and returns alone, without the plugin.
void check_by_hand(const std::string& toml, double sigma, bool common) {
  constexpr std::size_t N = 4, d = 8;
  Study study(regulator(), "pgpe", toml, N);
  const seedbed_batch batch = study.sample(3);
  REQUIRE(batch.requests == 2 * N);
  const std::vector<double> R = Study::returns_of(batch);
  std::vector<double> expected;
  for (std::size_t i = 0; i < N; ++i) {
    CHECK(batch.noise[2 * i] == (common ? i : 2 * i));
    CHECK(batch.noise[2 * i + 1] == (common ? i : 2 * i + 1));
    for (std::size_t j = 0; j < d; ++j) {
      const double epsilon = batch.request_theta[2 * i][j] - study.theta[j];
      CHECK_THAT(study.theta[j] - batch.request_theta[2 * i + 1][j], WithinAbs(epsilon, 1e-15));
      expected.push_back(epsilon * (R[2 * i] - R[2 * i + 1]) / (2.0 * sigma * sigma));
    }
  }
  const Estimate made = study.estimate(3);
  REQUIRE(made.units == N);
  for (std::size_t k = 0; k < N * d; ++k)
    CHECK_THAT(made.contributions[k], WithinAbs(expected[k], 1e-11));
}

}  // namespace

TEST_CASE("PGPE's contributions are those that its requests give by hand") {
  check_by_hand("sigma = 0.2", 0.2, true);
  check_by_hand("sigma = 0.05\ncommon_noise = false", 0.05, false);
}

TEST_CASE("PGPE's perturbations have standard deviation sigma and are drawn anew") {
  Study study(regulator(), "pgpe", "sigma = 0.2", 500);
  const auto spread = [&](const seedbed_batch& batch) {
    double sum = 0.0;
    for (std::size_t i = 0; i < 500; ++i)
      for (std::size_t j = 0; j < 8; ++j)
        sum += std::pow(batch.request_theta[2 * i][j] - study.theta[j], 2);
    return sum / 4000.0;
  };
  const seedbed_batch batch = study.sample(0);
  const double first = batch.request_theta[0][0];
  CHECK_THAT(spread(batch), WithinAbs(0.04, 5.0 * 0.04 * std::sqrt(2.0 / 4000.0)));
  CHECK(study.sample(1).request_theta[0][0] != first);
}

TEST_CASE("where J is quadratic PGPE estimates its gradient, whatever sigma") {
  Configuration c = regulator();
  c.objective.horizon = 1;  // J is quadratic in K over one step
  c.policy = contract::setting(SEEDBED_POLICY, "linear-gaussian", "sigma = [0.4, 0.3]");
  c.theta.resize(6);
  for (const char* toml : {"sigma = 0.5", "sigma = 0.5\ncommon_noise = false"}) {
    constexpr std::size_t N = 4000;
    Study study(c, "pgpe", toml, N);
    const Estimate made = study.estimate();
    const Exact truth = study.truth();
    for (std::size_t j = 0; j < 6; ++j) {
      const double error = std::sqrt(made.variance()[j] / static_cast<double>(N));
      CHECK(error < 0.2);
      CHECK_THAT(made.gradient[j], WithinAbs(truth.gradient[j], 5.0 * error));
    }
  }
}

TEST_CASE("PGPE declares the smoothed objective and independent pairs") {
  const seedbed_estimator_info info = Study(regulator(), "pgpe", "", 3).estimator.info;
  CHECK(info.estimand == SEEDBED_GRADIENT_OF_SMOOTHED_J);
  CHECK(info.bias == SEEDBED_UNBIASED);
  CHECK(info.coupling == SEEDBED_INDEPENDENT);
  CHECK(info.plan_normals == 24);
}
