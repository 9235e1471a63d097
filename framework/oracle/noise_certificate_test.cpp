#include "oracle/noise_certificate.hpp"

#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"
#include "certificate/study.hpp"
#include "oracle/linear_quadratic_variance.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

Certificate over_noise(const SmallProcess& process, const std::string& name,
                       const std::string& toml, std::size_t N,
                       const std::vector<double>& earlier_theta = {}) {
  const EstimatorInUse e = process.estimator(name, toml);
  const auto certificate =
      certify_over_noise({e.instance, process.problem(), process.finite().theta(), N, e.state,
                          earlier_theta, std::size_t{1} << 20},
                         process.arena());
  REQUIRE(certificate);
  return *certificate;
}

void check_same(const Certificate& a, const Certificate& b) {
  bool identical = true;
  for (std::size_t i = 0; i < a.gradient.size(); ++i) {
    CHECK_THAT(a.gradient.mean()[i], WithinAbs(b.gradient.mean()[i], 1e-13));
    for (std::size_t j = 0; j < a.gradient.size(); ++j) {
      identical = identical && a.gradient.covariance(i, j) == b.gradient.covariance(i, j);
      CHECK_THAT(a.gradient.covariance(i, j), WithinAbs(b.gradient.covariance(i, j), 1e-13));
    }
  }
  CHECK(!identical);  // two computations
}

/// A scalar regulator with noise in the start and in the action; sigma is learned.
Configuration scalar_regulator() {
  using contract::setting;
  Configuration c;
  c.kind = StageKind::gradient;
  c.objective = {2, 0.9};
  c.environment = setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
                          "A = [[0.9]]\nB = [[0.5]]\nQ = [[0.6]]\nR = [[0.3]]\nQ_next = [[1.0]]\n"
                          "x0 = [1.2]\nX0 = [[0.25]]");
  c.policy = setting(SEEDBED_POLICY, "linear-gaussian", "sigma = 0.4\nlearn_sigma = true");
  c.theta = {-0.3, -0.7};
  c.iterations = 1;
  return c;
}

/// u ~ N(theta, sigma^2), reward -(u - z)^2, z = 0.7.
Configuration quadratic() {
  using contract::setting;
  Configuration c = scalar_regulator();
  c.objective = {1, 1.0};
  c.environment = setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
                          "A = [[-0.7]]\nB = [[1.0]]\nQ = [[0.0]]\nR = [[0.0]]\nQ_next = [[1.0]]\n"
                          "x0 = [1.0]");
  c.policy = setting(SEEDBED_POLICY, "linear-gaussian", "sigma = 0.5");
  c.theta = {0.2};
  return c;
}

Certificate over_noise(const Configuration& c, const std::string& name, const std::string& toml,
                       std::size_t N) {
  Study study(c, name, toml, N);
  const auto certificate = certify_over_noise({study.estimator.instance,
                                               study.problem,
                                               study.theta,
                                               N,
                                               study.estimator.state,
                                               {},
                                               std::size_t{1} << 20},
                                              study.sampler.arena());
  REQUIRE(certificate);
  return *certificate;
}

void check_moments(const Certificate& found, const ContributionMoments& exact) {
  for (std::size_t i = 0; i < exact.mean.size(); ++i) {
    CHECK_THAT(found.gradient.mean()[i], WithinRel(exact.mean[i], 1e-11));
    for (std::size_t j = 0; j < exact.mean.size(); ++j)
      CHECK_THAT(found.gradient.covariance(i, j), WithinRel(exact.covariance(i, j), 1e-10));
  }
}

}  // namespace

TEST_CASE("over the noise a batch has the moments that it has over trajectories") {
  for (const char* baseline : {"none", "leave-one-out"}) {
    const std::string toml = std::string("baseline = \"") + baseline + "\"";
    check_same(over_noise(two_states(2), "reinforce", toml, 2),
               two_states(2).certify("reinforce", toml, 2));
    check_same(over_noise(ending(3), "reward-to-go", toml, 2),
               ending(3).certify("reward-to-go", toml, 2));
  }
}

TEST_CASE("nothing is left open where no normal number is drawn") {
  const Certificate certificate = over_noise(two_states(2), "reinforce", "", 1);
  CHECK(certificate.mean_error == 0.0);
  CHECK(certificate.trace_error == 0.0);
}

TEST_CASE("a regulator over the nodes of a rule has the closed covariances") {
  const Configuration c = scalar_regulator();
  Study study(c, "reinforce", "", 1);
  const LinearGaussianProcess process(study.problem.environment(), study.problem.policy(),
                                      c.objective, c.theta);
  const Certificate reinforce = over_noise(c, "reinforce", "", 1);
  check_moments(reinforce, reinforce_moments(process).with_baseline(0.0));
  CHECK(reinforce.mean_error < 1e-10);
  check_moments(over_noise(c, "pathwise", "", 1), pathwise_moments(process));
  check_moments(over_noise(c, "central-differences", "delta = 0.01", 1),
                central_on_common_noise({study.problem.environment(), study.problem.policy(),
                                         c.objective, c.theta, 0.01}));
}

TEST_CASE("differences on noise of their own have the closed covariance") {
  const Configuration c = quadratic();
  const Study study(c, "reinforce", "", 1);
  check_moments(over_noise(c, "central-differences", "delta = 0.01\ncommon_noise = false", 1),
                central_on_independent_noise({study.problem.environment(), study.problem.policy(),
                                              c.objective, c.theta, 0.01}));
}

TEST_CASE("the one-step quadratic has the variances of the closed forms") {
  const double sigma2 = 0.25, gap2 = 0.25, slope = 1.0;  // sigma^2, (z - theta)^2, the gradient
  const auto variance = [&](const std::string& name, std::size_t N) {
    const Certificate found = over_noise(quadratic(), name, "", N);
    CHECK_THAT(found.gradient.mean()[0], WithinAbs(slope, 1e-11));
    return found.trace();
  };
  CHECK_THAT(variance("reinforce", 1),
             WithinAbs(15 * sigma2 + 18 * gap2 + gap2 * gap2 / sigma2 - 4 * gap2, 1e-11));
  CHECK_THAT(variance("pathwise", 2), WithinAbs(4 * sigma2 / 2, 1e-11));
  // g = -2 (theta - z + sigma e) eps^2 / sigma_p^2 with one e for both sides of a pair
  CHECK_THAT(variance("pgpe", 1), WithinAbs(12 * (gap2 + sigma2) - 4 * gap2, 1e-10));
}

/// Under one uniform number both sides take the same action unless it falls between their p.
TEST_CASE("common noise couples the two sides of a difference by what they share") {
  const SmallProcess process = bandit(0.3, 0.25, 1.0, 1);
  const Certificate common = over_noise(process, "central-differences", "delta = 0.5", 1);
  const Certificate apart =
      over_noise(process, "central-differences", "delta = 0.5\ncommon_noise = false", 1);
  const double logit = std::log(0.3 / 0.7), delta = 0.5, gap = 0.75;
  const auto p = [](double x) { return 1.0 / (1.0 + std::exp(-x)); };
  const double high = p(logit + delta), low = p(logit - delta), between = high - low;
  const double mean = gap * between / (2 * delta);
  const double step = gap / (2 * delta);
  CHECK_THAT(common.gradient.mean()[1], WithinAbs(mean, 1e-13));
  CHECK_THAT(apart.gradient.mean()[1], WithinAbs(mean, 1e-13));
  CHECK_THAT(common.gradient.variance(1), WithinAbs(step * step * between * (1 - between), 1e-13));
  CHECK_THAT(apart.gradient.variance(1),
             WithinAbs(step * step * (high * (1 - high) + low * (1 - low)), 1e-13));
}

TEST_CASE("parameter exploration has the gradient of the smoothed objective as its mean") {
  const Certificate found =
      over_noise(two_states(1, 0.9, 1), "pgpe", "sigma = 0.5\ncommon_noise = false", 1);
  CHECK(found.largest_bias() <= 1e-10 + 2 * found.mean_error);
  CHECK(found.mean_error < 1e-8);
  const double J = two_states(1).certify("reinforce", "", 1).truth.gradient[0];
  CHECK(std::abs(found.truth.gradient[0] - J) > 1e-3 * std::abs(J));  // smoothing moves it
}

TEST_CASE("a snapshot's correction is unbiased over both batches, and not given the first") {
  const SmallProcess process = two_states(1, 0.9, 1);
  std::vector<double> earlier = process.finite().theta();
  earlier[0] += 0.3;
  const Certificate both = over_noise(process, "svrpg", "factor = 2", 1, earlier);
  CHECK(both.largest_bias() < 1e-13);
  const EstimatorInUse e = process.estimator("svrpg", "factor = 2");
  const auto state = state_after_a_batch(
      {e.instance, process.problem(), process.finite().theta(), 1, e.state}, process.arena());
  REQUIRE(state);
  const auto given = certify_over_noise(
      {e.instance, process.problem(), process.finite().theta(), 1, *state}, process.arena());
  REQUIRE(given);
  CHECK(given->largest_bias() > 1e-3);
}

TEST_CASE("too many batches are no answer, and cost nothing") {
  const SmallProcess process = two_states(10);
  const EstimatorInUse e = process.estimator("reinforce");
  CHECK(!certify_over_noise({e.instance, process.problem(), process.finite().theta(), 3, e.state},
                            process.arena()));
}
