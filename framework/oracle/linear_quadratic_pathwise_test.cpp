#include "oracle/linear_quadratic_variance.hpp"
#include "oracle/quadrature.hpp"
#include "oracle/regulators.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;
using Case = RegulatorCase;

TEST_CASE("the pathwise gradient is the difference of returns on common noise, in the limit") {
  const Case c(full, "sigma = 1.0\nlearn_sigma = true", {4, 0.9}, theta_full);
  const ContributionMoments pathwise = pathwise_moments(c.process);
  const ContributionMoments differences = central_on_common_noise(
      {c.problem.environment(), c.problem.policy(), c.objective, c.theta, 1e-4});
  for (std::size_t i = 0; i < c.theta.size(); ++i)
    for (std::size_t j = 0; j < c.theta.size(); ++j) {
      const double size = std::sqrt(pathwise.covariance(i, i) * pathwise.covariance(j, j));
      CHECK_THAT(differences.covariance(i, j), WithinAbs(pathwise.covariance(i, j), 1e-5 * size));
    }
}
