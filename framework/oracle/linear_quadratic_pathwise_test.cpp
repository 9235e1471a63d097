#include <memory>

#include "oracle/linear_quadratic_variance.hpp"
#include "oracle/quadrature.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using Case = RegulatorCase;

TEST_CASE("the pathwise gradient is the difference of returns on common noise, in the limit") {
  const Case c(full, "sigma = 1.0\nlearn_sigma = true", {4, 0.9}, theta_full);
  const ContributionMoments pathwise = pathwise_moments(c.process);
  const ContributionMoments differences = common_noise_differences(
      c.problem.environment(), c.problem.policy(), c.objective, c.theta, 1e-4);
  for (std::size_t i = 0; i < c.theta.size(); ++i)
    for (std::size_t j = 0; j < c.theta.size(); ++j) {
      const double size = std::sqrt(pathwise.covariance(i, i) * pathwise.covariance(j, j));
      CHECK_THAT(differences.covariance(i, j), WithinAbs(pathwise.covariance(i, j), 1e-5 * size));
    }
}

TEST_CASE("the variance of differences is their integral over the noise") {
  const double h = 0.05;
  const Spread spread{{0.5}, {0.3}};
  const Case c(scalar, learned, {2, 0.9}, {-0.4, -0.6});
  const auto moved = [&](std::size_t j, double step) {
    std::vector<double> theta = c.theta;
    theta[j] += step;
    return std::make_unique<Case>(scalar, learned, c.objective, theta);
  };
  std::vector<std::unique_ptr<Case>> cases;
  for (const std::size_t j : {0u, 1u}) {
    cases.push_back(moved(j, h));
    cases.push_back(moved(j, -h));
  }
  // The noise of a path is in its states: e and w from those of the middle policy.
  const auto returns = [&](const Path& path) {
    std::vector<double> R;
    for (const auto& other : cases) {
      std::vector<double> z{(path.x[0][0] - 1.2) / 0.5};
      for (std::size_t t = 0; t < 2; ++t) {
        z.push_back((path.u[t][0] - c.process.K(0, 0) * path.x[t][0]) /
                    std::sqrt(c.process.variance[0]));
        z.push_back((path.x[t + 1][0] - 0.8 * path.x[t][0] - 0.7 * path.u[t][0]) / 0.3);
      }
      R.push_back(to_go_of(simulate(*other, spread, {1.2}, z), 0, 0.9));
    }
    return R;
  };
  const auto& [environment, policy] = std::tie(c.problem.environment(), c.problem.policy());
  check_same(common_noise_differences(environment, policy, c.objective, c.theta, h),
             integrate(c, spread, {1.2}, [&](const Path& path) {
               const std::vector<double> R = returns(path);
               return std::vector<double>{(R[0] - R[1]) / (2 * h), (R[2] - R[3]) / (2 * h)};
             }));
  const ContributionMoments apart =
      independent_noise_differences(environment, policy, c.objective, c.theta, h);
  for (const std::size_t j : {0u, 1u}) {
    double sum = 0.0;
    for (const std::size_t side : {2 * j, 2 * j + 1})
      sum += integrate(c, spread, {1.2}, [&](const Path& path) {
               return std::vector<double>{returns(path)[side], 0.0};
             }).variance(0);
    CHECK_THAT(apart.covariance(j, j), WithinRel(sum / (4 * h * h), 1e-10));
  }
  CHECK(apart.covariance(0, 1) == 0.0);
}
