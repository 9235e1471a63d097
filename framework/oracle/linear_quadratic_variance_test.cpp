#include "oracle/linear_quadratic_variance.hpp"

#include "oracle/exact.hpp"
#include "oracle/quadrature.hpp"
#include "oracle/regulators.hpp"

using namespace seedbed;
using Catch::Matchers::WithinRel;
using Case = RegulatorCase;

namespace {

/// sum_t psi_t target(path, t)
std::function<std::vector<double>(const RegulatorPath&)> weighted(
    const std::function<double(const RegulatorPath&, std::size_t)>& target) {
  return [target](const RegulatorPath& path) {
    std::vector<double> g(path.psi[0].size(), 0.0);
    for (std::size_t t = 0; t < path.r.size(); ++t)
      for (std::size_t j = 0; j < g.size(); ++j) g[j] += path.psi[t][j] * target(path, t);
    return g;
  };
}

void check_likelihood_ratios(const Case& c, const Deviations& spread,
                             const std::vector<double>& x0) {
  const double gamma = c.objective.discount;
  const ReinforceMoments moments = reinforce_moments(c.process);
  for (const double b : {0.0, moments.J, 1.5})
    check_integral(moments.with_baseline(b),
                   integrate(c, spread, x0, weighted([&](const RegulatorPath& path, std::size_t) {
                               return to_go_of(path, 0, gamma) - b;
                             })));
  std::vector<double> b;
  for (std::size_t t = 0; t < c.process.H(); ++t) b.push_back(0.3 - static_cast<double>(t));
  check_integral(likelihood_ratio_moments(c.process, to_go(c.process, b)),
                 integrate(c, spread, x0, weighted([&](const RegulatorPath& path, std::size_t t) {
                             return to_go_of(path, t, gamma) -
                                    std::pow(gamma, static_cast<double>(t)) * b[t];
                           })));
}

/// Two actions on two numbers without noise of their own: 4 coordinates over two steps.
const std::string quiet =
    "A = [[0.9, 0.3], [-0.2, 0.7]]\nB = [[0.5, 0.1], [0.2, 1.0]]\n"
    "Q = [[1.0, 0.1], [0.1, 0.4]]\nR = [[0.6, 0.2], [0.2, 0.9]]\n"
    "Q_next = [[0.3, 0.1], [0.1, 0.8]]\nx0 = [1.0, -0.7]\n";

Exact truth_of(const Case& c) {
  Arena arena;
  return *exact(c.problem.environment(), c.problem.policy(), c.objective.horizon,
                c.objective.discount, c.theta, arena);
}

double value_at(const Case& c, double x, std::size_t t) {
  Case rest(
      "A = [[0.8]]\nB = [[0.7]]\nQ = [[0.6]]\nR = [[0.5]]\nQ_next = [[1.3]]\nW = [[0.09]]\n"
      "x0 = [" +
          std::to_string(x) + "]\n",
      learned, {c.objective.horizon - t, c.objective.discount}, c.theta);
  return truth_of(rest).J;
}

}  // namespace

TEST_CASE("the covariance of likelihood ratios is their integral over the noise, by the plugin") {
  const Case one(scalar, learned, {2, 0.9}, {-0.4, -0.6});
  check_likelihood_ratios(one, {{0.5}, {0.3}}, {1.2});
  const Case two(quiet, learned, {2, 0.9}, {-0.3, 0.2, 0.1, -0.5, -0.6, -0.9});
  check_likelihood_ratios(two, {{0, 0}, {0, 0}}, {1.0, -0.7});
}

TEST_CASE("the state-value baseline is V by the cost-to-go, and so is the exact critic") {
  const Case c(scalar, learned, {2, 0.9}, {-0.4, -0.6});
  // V_t(x) = V_t(0) + v_t x^2, by the oracle of J at x = 0 and x = 1.
  double constant[3] = {}, curvature[3] = {};
  for (std::size_t t = 0; t < 2; ++t) {
    constant[t] = value_at(c, 0.0, t);
    curvature[t] = value_at(c, 1.0, t) - constant[t];
  }
  const auto V = [&](const RegulatorPath& path, std::size_t t) {
    const double x = path.x[t][0];
    return std::pow(0.9, static_cast<double>(t)) * (constant[t] + curvature[t] * x * x);
  };
  check_integral(
      likelihood_ratio_moments(c.process, to_go_above_value(c.process)),
      integrate(c, {{0.5}, {0.3}}, {1.2}, weighted([&](const RegulatorPath& path, std::size_t t) {
                  return to_go_of(path, t, 0.9) - V(path, t);
                })));
  check_integral(
      likelihood_ratio_moments(c.process, temporal_differences(c.process)),
      integrate(c, {{0.5}, {0.3}}, {1.2}, weighted([&](const RegulatorPath& path, std::size_t t) {
                  return to_go_of(path, t, 0.9) - to_go_of(path, t + 1, 0.9) + V(path, t + 1) -
                         V(path, t);
                })));
}

TEST_CASE("the all-action gradient is the derivative of Q at the mean action, summed over steps") {
  const Case c(scalar, learned, {2, 0.9}, {-0.4, -0.6});
  const double K = -0.4, v = c.process.variance[0];
  const auto g = [&](const RegulatorPath& path) {
    std::vector<double> sum(2, 0.0);
    for (std::size_t t = 0; t < 2; ++t) {
      // Q_t(x, u) = -(q x^2 + r u^2) - (q_next - gamma v_{t+1}) E x'^2 + constant
      const double following = t == 0 ? 0.9 * (value_at(c, 1.0, 1) - value_at(c, 0.0, 1)) : 0.0;
      const double next = 1.3 - following, x = path.x[t][0], power = t == 0 ? 1.0 : 0.9;
      sum[0] += power * x * -2.0 * (0.5 * K + next * 0.7 * (0.8 + 0.7 * K)) * x;
      sum[1] += power * 2.0 * v * -(0.5 + next * 0.49);  // dv / dlog sigma = 2 v
    }
    return sum;
  };
  const ContributionMoments exact = all_action_moments(c.process);
  const WeighedMoments integrated = integrate(c, {{0.5}, {0.3}}, {1.2}, g);
  CHECK_THAT(exact.covariance(0, 0), WithinRel(integrated.variance(0), 1e-10));
  CHECK_THAT(exact.mean[0], WithinRel(integrated.mean()[0], 1e-10));
  CHECK_THAT(exact.mean[1], WithinRel(integrated.mean()[1], 1e-10));
  CHECK(std::abs(exact.covariance(1, 1)) < 1e-12);  // the same for every trajectory
}

TEST_CASE("J and the means of all unbiased estimators are those of the Riccati recursion") {
  const Case c(full, "sigma = 1.0\nlearn_sigma = true", {5, 0.9}, theta_full);
  const Exact truth = truth_of(c);
  const ReinforceMoments moments = reinforce_moments(c.process);
  CHECK_THAT(moments.J, WithinRel(truth.J, 1e-12));
  const std::vector<double> means[] = {
      moments.gradient,
      likelihood_ratio_moments(c.process, to_go_above_mean(c.process)).mean,
      likelihood_ratio_moments(c.process, to_go_above_value(c.process)).mean,
      likelihood_ratio_moments(c.process, temporal_differences(c.process)).mean,
      all_action_moments(c.process).mean,
      pathwise_moments(c.process).mean};
  for (const std::vector<double>& mean : means)
    for (std::size_t j = 0; j < mean.size(); ++j)
      CHECK_THAT(mean[j], WithinRel(truth.gradient[j], 1e-11));
}

TEST_CASE("Recht's regulator has its published variances under zero control") {
  const Case c(recht, "sigma = 0.04", {10, 1.0}, {0.0, 0.0});
  const ReinforceMoments moments = reinforce_moments(c.process);
  CHECK_THAT(moments.with_baseline(0.0).covariance(0, 0), WithinRel(2.163e6, 2.4e-4));
  CHECK_THAT(moments.with_baseline(moments.J).covariance(0, 0), WithinRel(6.012e5, 1e-4));
  const std::vector<GaussianForm> none = to_go(c.process, std::vector<double>(10, 0.0));
  CHECK_THAT(likelihood_ratio_moments(c.process, none).covariance(0, 0), WithinRel(1.065e6, 5e-4));
  CHECK_THAT(pathwise_moments(c.process).covariance(0, 0), WithinRel(3.371e4, 2e-4));
}

TEST_CASE("over one step REINFORCE has the variance of the one-step quadratic in closed form") {
  // x' = u - z, x_0 = z, so r = -|u - z|^2; psi = (u - theta) z' / sigma^2 with theta = K z.
  const Case c(
      "A = [[-1.0, 0.0], [0.0, -1.0]]\nB = [[1.0, 0.0], [0.0, 1.0]]\n"
      "R = [[0.0, 0.0], [0.0, 0.0]]\nQ_next = [[1.0, 0.0], [0.0, 1.0]]\nx0 = [0.6, -1.1]",
      "sigma = 0.3", {1, 1.0}, {0.2, -0.4, 0.7, 0.1});
  const double d = 2, s = 0.09, z = 0.36 + 1.21;
  const double first = 0.6 - (0.2 * 0.6 + 0.4 * 1.1), second = -1.1 - (0.7 * 0.6 - 0.1 * 1.1);
  const double D = first * first + second * second;  // |z - theta|^2
  const ReinforceMoments moments = reinforce_moments(c.process);
  CHECK_THAT(
      moments.with_baseline(0.0).trace(),
      WithinRel(z * (d * (d + 2) * (d + 4) * s + 2 * (d + 2) * (d + 2) * D + d * D * D / s - 4 * D),
                1e-12));
  CHECK_THAT(moments.with_baseline(moments.best_baseline()).trace(),
             WithinRel(z * (2 * d * (d + 2) * s + 4 * (d + 1) * D), 1e-12));
  CHECK_THAT(pathwise_moments(c.process).trace(), WithinRel(z * 4 * d * s, 1e-12));
}
