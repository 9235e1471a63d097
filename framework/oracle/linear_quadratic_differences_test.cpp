#include <memory>

#include "oracle/exact.hpp"
#include "oracle/linear_quadratic_variance.hpp"
#include "oracle/quadrature.hpp"
#include "oracle/regulators.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using Case = RegulatorCase;

namespace {

constexpr double delta = 0.05;
const Deviations deviations{{0.5}, {0.3}};

/// The random walk of one number, and what its noise does at theta and on both sides of each of its
/// two coordinates.
class Sides {
 public:
  Sides() : middle_(scalar, learned, {2, 0.9}, {-0.4, -0.6}) {
    for (const double step : {0.0, delta, -delta})
      for (const std::size_t j : {0u, 1u}) {
        std::vector<double> theta = middle_.theta;
        theta[j] += step;
        moved_.push_back(std::make_unique<Case>(scalar, learned, middle_.objective, theta));
      }
  }

  /// R(theta), again, R(theta + delta e_0), R(theta + delta e_1), R(theta - delta e_0), ... on the
  /// noise of a path under theta, which is in its states and actions.
  std::vector<double> returns(const RegulatorPath& path) const {
    const LinearGaussianProcess& p = middle_.process;
    std::vector<double> z{(path.x[0][0] - 1.2) / 0.5}, R;
    for (std::size_t t = 0; t < 2; ++t) {
      z.push_back((path.u[t][0] - p.K(0, 0) * path.x[t][0]) / std::sqrt(p.variance[0]));
      z.push_back((path.x[t + 1][0] - 0.8 * path.x[t][0] - 0.7 * path.u[t][0]) / 0.3);
    }
    for (const auto& other : moved_)
      R.push_back(to_go_of(simulate(*other, deviations, {1.2}, z), 0, 0.9));
    return R;
  }

  WeighedMoments integrated(
      const std::function<std::vector<double>(const std::vector<double>&)>& g) const {
    return integrate(middle_, deviations, {1.2},
                     [&](const RegulatorPath& path) { return g(returns(path)); });
  }
  double variance(std::size_t side) const {
    return integrated([&](const std::vector<double>& R) {
             return std::vector<double>{R[side], 0.0};
           })
        .variance(0);
  }
  Differences differences() const {
    return {middle_.problem.environment(), middle_.problem.policy(), middle_.objective,
            middle_.theta, delta};
  }

 private:
  Case middle_;
  std::vector<std::unique_ptr<Case>> moved_;
};

/// J by the Riccati recursion.
double J(const Differences& at, const std::vector<double>& theta) {
  Arena arena;
  return exact(at.environment, at.policy, at.objective.horizon, at.objective.discount, theta, arena)
      ->J;
}

}  // namespace

TEST_CASE("differences on common noise have the moments of their integral over the noise") {
  const Sides sides;
  check_integral(
      central_on_common_noise(sides.differences()),
      sides.integrated([](const std::vector<double>& R) {
        return std::vector<double>{(R[2] - R[4]) / (2 * delta), (R[3] - R[5]) / (2 * delta)};
      }));
  check_integral(forward_on_common_noise(sides.differences()),
                 sides.integrated([](const std::vector<double>& R) {
                   return std::vector<double>{(R[2] - R[0]) / delta, (R[3] - R[0]) / delta};
                 }));
}

TEST_CASE("differences on independent noise add up the variances of their sides") {
  const Sides sides;
  const ContributionMoments central = central_on_independent_noise(sides.differences());
  const ContributionMoments forward = forward_on_independent_noise(sides.differences());
  const double here = sides.variance(0);
  for (const std::size_t j : {0u, 1u}) {
    const double up = sides.variance(2 + j), down = sides.variance(4 + j);
    CHECK_THAT(central.covariance(j, j), WithinRel((up + down) / (4 * delta * delta), 1e-10));
    CHECK_THAT(forward.covariance(j, j), WithinRel((up + here) / (delta * delta), 1e-10));
  }
  CHECK(central.covariance(0, 1) == 0.0);
  CHECK_THAT(forward.covariance(0, 1), WithinRel(here / (delta * delta), 1e-10));
  CHECK(forward.covariance(1, 0) == forward.covariance(0, 1));
}

TEST_CASE("the mean of differences is that of J, whatever their noise") {
  const Case c(full, "sigma = 1.0\nlearn_sigma = true", {5, 0.9}, theta_full);
  const Differences at{c.problem.environment(), c.problem.policy(), c.objective, c.theta, delta};
  const ContributionMoments central[] = {central_on_common_noise(at),
                                         central_on_independent_noise(at)};
  const ContributionMoments forward[] = {forward_on_common_noise(at),
                                         forward_on_independent_noise(at)};
  const double here = J(at, c.theta);
  for (std::size_t j = 0; j < c.theta.size(); ++j) {
    std::vector<double> up = c.theta, down = c.theta;
    up[j] += delta;
    down[j] -= delta;
    for (const std::size_t k : {0u, 1u}) {
      CHECK_THAT(central[k].mean[j], WithinAbs((J(at, up) - J(at, down)) / (2 * delta), 1e-10));
      CHECK_THAT(forward[k].mean[j], WithinAbs((J(at, up) - here) / delta, 1e-10));
    }
  }
}

TEST_CASE(
    "over one step the bias of central differences is 0 in K, that of forward ones delta J'' / 2") {
  // J = -E(r u^2 + q x'^2) is quadratic in K: forward differences are off by delta/2 of J''.
  const Case c(scalar, "sigma = 0.5", {1, 1.0}, {-0.4});
  const Differences at{c.problem.environment(), c.problem.policy(), c.objective, c.theta, delta};
  Arena arena;
  const double gradient = exact(at.environment, at.policy, 1, 1.0, c.theta, arena)->gradient[0];
  const double xx = 1.2 * 1.2 + 0.25, second = -2.0 * (0.5 + 1.3 * 0.7 * 0.7) * xx;
  CHECK_THAT(central_on_common_noise(at).mean[0], WithinAbs(gradient, 1e-12));
  CHECK_THAT(forward_on_common_noise(at).mean[0] - gradient,
             WithinAbs(0.5 * delta * second, 1e-12));
}
