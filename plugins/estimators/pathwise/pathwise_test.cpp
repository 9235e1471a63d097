#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/study.hpp"
#include "diagnostics/moments.hpp"
#include "engine/gradient_study.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;
using contract::setting;

namespace {

Configuration recht() {
  Configuration c;
  c.kind = StageKind::gradient;
  c.objective = {10, 1.0};
  c.environment = setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
                          "A = [[1, 1], [0, 1]]\nB = [[0], [1]]\nR = [[1]]\nx0 = [-1, 0]\n"
                          "Q_next = [[1, 0], [0, 0]]\nW = [[1e-4, 0], [0, 1e-4]]");
  c.policy = setting(SEEDBED_POLICY, "linear-gaussian", "sigma = 0.04");
  c.theta = {0.0, 0.0};
  c.iterations = 1;
  return c;
}

/// Of fourth order: (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h, of each R_i at fixed noise.
std::vector<double> difference(Study& study, std::size_t j, std::size_t N, double h) {
  const auto at = [&](double step) {
    std::vector<double> moved = study.theta;
    moved[j] += step;
    return study.returns(moved, N);
  };
  const auto f1 = at(h), f_1 = at(-h), f2 = at(2.0 * h), f_2 = at(-2.0 * h);
  std::vector<double> slope(f1.size());
  for (std::size_t i = 0; i < slope.size(); ++i)
    slope[i] = (8.0 * (f1[i] - f_1[i]) - (f2[i] - f_2[i])) / (12.0 * h);
  return slope;
}

}  // namespace

TEST_CASE("each pathwise contribution is the central difference of its return at fixed noise") {
  for (const Configuration& c : {recht(), regulator()}) {
    Study study(c, "pathwise", "", 150);  // more than one block of lanes
    const std::size_t d = c.theta.size();
    const Estimate made = study.estimate();
    REQUIRE(made.units == 150);
    bool identical = true;
    for (std::size_t j = 0; j < d; ++j) {
      const std::vector<double> slope = difference(study, j, 150, 1e-3);
      for (std::size_t i = 0; i < slope.size(); ++i) {
        const double g = made.contributions[i * d + j];
        identical = identical && g == slope[i];
        CHECK_THAT(g, WithinAbs(slope[i], 1e-6 * (1.0 + std::abs(slope[i]))));
      }
    }
    CHECK_FALSE(identical);
  }
}

TEST_CASE("on Recht's regulator pathwise has its published variance and the exact mean") {
  constexpr std::size_t N = 20000;
  Study study(recht(), "pathwise", "", N);
  const Estimate made = study.estimate();
  const Exact truth = study.truth();
  CHECK_THAT(truth.gradient[0], WithinAbs(-341.0616, 1e-3));
  const std::vector<double> variance = made.variance();
  double m4 = 0.0;
  for (std::size_t i = 0; i < N; ++i)
    m4 += std::pow(made.contributions[2 * i] - made.mean[0], 4) / static_cast<double>(N);
  const double error = std::sqrt((m4 - variance[0] * variance[0]) / static_cast<double>(N));
  CHECK(error < 0.02 * variance[0]);
  CHECK_THAT(variance[0], WithinAbs(3.371e4, 5.0 * error));
  for (std::size_t j = 0; j < 2; ++j)
    CHECK_THAT(made.gradient[j],
               WithinAbs(truth.gradient[j], 5.0 * std::sqrt(variance[j] / static_cast<double>(N))));
}

TEST_CASE("a pathwise gradient study agrees with the exact gradient, sigma included") {
  Configuration c = regulator();
  c.episodes = 500;
  c.estimators = {setting(SEEDBED_ESTIMATOR, "pathwise")};
  GradientStudy study(c, Noise(11, 1));
  Moments moments(c.theta.size());
  for (std::uint64_t batch = 0; batch < 40; ++batch) {
    study.step(batch);
    moments.add(study.evaluations()[0].estimate.gradient);
  }
  const Exact truth = Study(c, "pathwise", "", 1).truth();
  for (std::size_t j = 0; j < c.theta.size(); ++j) {
    const double error = moments.standard_error(j);
    CHECK(error > 0.0);
    CHECK_THAT(moments.mean[j], WithinAbs(truth.gradient[j], 5.0 * error));
  }
}

TEST_CASE("pathwise asks for differentiable steps and actions, the noise and the states") {
  const seedbed_estimator_info info = Study(recht(), "pathwise", "", 1).estimator.info;
  CHECK(info.bias == SEEDBED_UNBIASED);
  CHECK(info.coupling == SEEDBED_INDEPENDENT);
  CHECK(info.needs == 7);
  CHECK(std::string(info.environment_capabilities[0]) == SEEDBED_ENVIRONMENT_PATHWISE);
  CHECK(std::string(info.policy_capabilities[0]) == SEEDBED_POLICY_PATHWISE);
}
