#include "engine/within_variance.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/small_process.hpp"
#include "engine/configurations.hpp"
#include "engine/gradient_study.hpp"
#include "engine/left_out.hpp"
#include "engine/subset.hpp"
#include "oracle/enumeration.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

double trace(const WeighedMoments& moments) {
  double sum = 0.0;
  for (std::size_t j = 0; j < moments.size(); ++j) sum += moments.variance(j);
  return sum;
}

struct Expected {
  double within, naive;  ///< naive: as if contributions were independent
};

/// Over every batch of N trajectories.
Expected expected(const SmallProcess& process, const EstimatorInUse& estimator, std::size_t N) {
  const FiniteProcess& p = process.finite();
  BatchShape shape;
  shape.observation = p.observation_size();
  shape.action = 1;
  const WithinVariance within(estimator, false, shape);
  Expected e{0.0, 0.0};
  SharedScores scores;
  for_each_batch(p, N, [&](const seedbed_batch& batch, double probability) {
    const Estimate made =
        estimate(estimator.instance, batch, p.theta(), estimator.state, false, process.arena());
    e.within += probability * within.of(made, estimator.instance, estimator.state, p.policy(),
                                        batch, p.theta(), process.arena(), scores);
    for (const double m2 : made.m2) e.naive += probability * m2 / double(N * (N - 1));
  });
  return e;
}

/// The process, and the two components of the variance of leave-one-out at any N:
///   Var_N = linear/N + 2 quadratic/(N(N-1)),  linear = 4 zeta_1,  quadratic = zeta_2 - 2 zeta_1
struct LeaveOneOut {
  SmallProcess process = two_states(1);
  double linear, quadratic;

  LeaveOneOut() {
    EstimatorInUse centred = process.estimator("reinforce", "baseline = 'previous-batch-mean'");
    centred.state = {solve(process.finite().problem()).J};
    linear = trace(process.certify(centred, 1).gradient);
    quadratic = trace(process.certify("reinforce", "baseline = 'leave-one-out'", 2).gradient) -
                0.5 * linear;
  }
  double variance(double N) const { return linear / N + 2.0 * quadratic / (N * (N - 1.0)); }
};

/// R(u) = -|u - z|^2, z = (0.5, -0.3), u ~ N(0, I).
Configuration one_step_quadratic(const std::string& estimator) {
  Configuration c = regulator(8);
  c.kind = StageKind::gradient;
  c.antithetic = true;
  c.theta = {0.0, 0.0, 0.0, 0.0};
  c.iterations = 2000;
  c.objective = {1, 1.0};
  c.environment = contract::setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
                                    "A = [[-0.5, 0.0], [0.3, 0.0]]\nB = [[1.0, 0.0], [0.0, 1.0]]\n"
                                    "R = [[0.0, 0.0], [0.0, 0.0]]\nx0 = [1.0, 0.0]\n"
                                    "Q_next = [[1.0, 0.0], [0.0, 1.0]]");
  c.estimators = {contract::setting(SEEDBED_ESTIMATOR, estimator)};
  return c;
}

}  // namespace

TEST_CASE("independent contributions expect the variance of their mean, exactly") {
  const SmallProcess process = two_states(1);
  for (const std::size_t N : {2u, 3u}) {
    const EstimatorInUse estimator = process.estimator("reward-to-go");
    const double truth = trace(process.certify(estimator, N).gradient);
    CHECK(truth > 0.01);
    CHECK_THAT(expected(process, estimator, N).within, WithinAbs(truth, 1e-13));
  }
}

TEST_CASE("the jackknife of leave-one-out expects the variance of a U-statistic and a bit more") {
  //   E = linear/N + 4 quadratic/(N(N-2)): the quadratic part counts 2(N-1)/(N-2) times
  const LeaveOneOut others;
  const EstimatorInUse estimator =
      others.process.estimator("reinforce", "baseline = 'leave-one-out'");
  for (const std::size_t N : {3u, 4u, 5u}) {
    const auto n = static_cast<double>(N);
    const Expected e = expected(others.process, estimator, N);
    const double truth = others.variance(n);
    CHECK_THAT(trace(others.process.certify(estimator, N).gradient), WithinAbs(truth, 1e-13));
    CHECK_THAT(e.within,
               WithinAbs(others.linear / n + 4.0 * others.quadratic / (n * (n - 2.0)), 1e-12));
    CHECK(e.within > truth);
  }
}

TEST_CASE("leave-one-out contributions taken as independent miss |grad J|^2 / (N-1)^2") {
  //   Cov(g_i, g_j) = grad J grad J' / (N-1)^2,  from R_i R_j in (R_i - b_i)(R_j - b_j)
  const LeaveOneOut others;
  const EstimatorInUse estimator =
      others.process.estimator("reinforce", "baseline = 'leave-one-out'");
  for (const std::size_t N : {3u, 4u}) {
    const Certificate truth = others.process.certify(estimator, N);
    double missed = 0.0;
    for (const double g : truth.truth.gradient) missed += g * g / double((N - 1) * (N - 1));
    CHECK(missed > 1e-5);
    CHECK_THAT(expected(others.process, estimator, N).naive,
               WithinAbs(trace(truth.gradient) - missed, 1e-13));
  }
}

TEST_CASE(
    "an optimal baseline of the batch: contributions say a third of the variance, the jackknife "
    "all") {
  const SmallProcess process = two_states(1);
  const EstimatorInUse estimator = process.estimator("reinforce-optimal");
  for (const std::size_t N : {4u, 5u}) {
    const double truth = trace(process.certify(estimator, N).gradient);
    const Expected e = expected(process, estimator, N);
    CHECK(e.naive < truth / 3.0);
    CHECK(e.within > truth);
    CHECK(e.within < 1.3 * truth);
  }
}

TEST_CASE("of two trajectories a U-statistic knows no variance, of one nobody does") {
  const SmallProcess process = two_states(1);
  CHECK(std::isnan(
      expected(process, process.estimator("reinforce", "baseline = 'leave-one-out'"), 2).within));
  CHECK(std::isnan(expected(process, process.estimator("reinforce"), 1).within));
}

TEST_CASE("pairs have the variance of pairs: 4 (d + 1) |D|^2 / (N/2) on the one-step quadratic") {
  const Configuration c = one_step_quadratic("reinforce");
  GradientStudy study(c, Noise(11, 1));
  double mean = 0.0, squares = 0.0, naive = 0.0;
  for (std::uint64_t b = 0; b < c.iterations; ++b) {
    study.step(b);
    const Evaluation& now = study.evaluations()[0];
    const double M = double(c.iterations);
    mean += now.variance_within / M;
    squares += now.variance_within * now.variance_within / M;
    for (const double m2 : now.estimate.m2) naive += m2 / (8.0 * 7.0) / M;
  }
  const double error = std::sqrt((squares - mean * mean) / double(c.iterations));
  const double truth = 4.0 * 3.0 * 0.34 / 4.0;
  CHECK(error < 0.05 * truth);
  CHECK_THAT(mean, WithinAbs(truth, 4.0 * error));
  CHECK(naive > 2.0 * truth);  // of which pairing removes the rest
}

TEST_CASE("what plans, hangs on earlier batches or sets its own gradient has no variance within") {
  Configuration c = regulator(4);
  c.kind = StageKind::gradient;
  c.iterations = 2;
  c.estimators = {contract::setting(SEEDBED_ESTIMATOR, "svrpg"),
                  contract::setting(SEEDBED_ESTIMATOR, "natural"),
                  contract::setting(SEEDBED_ESTIMATOR, "pathwise")};
  GradientStudy study(c, Noise(11, 1));
  study.step(0);
  CHECK(std::isnan(study.evaluations()[0].variance_within));
  CHECK(study.evaluations()[1].variance_within > 0.0);  // by the jackknife
  CHECK(study.evaluations()[2].variance_within > 0.0);
}

TEST_CASE("a part of a batch is the batch of its episodes, and so is what leaves a group out") {
  const Configuration c = cartpole(6);
  DecisionProblem problem(c);
  const std::uint32_t needs =
      SEEDBED_NEEDS_POLICY_NOISE | SEEDBED_NEEDS_ENVIRONMENT_NOISE | SEEDBED_NEEDS_STATE;
  Sampler sampler(problem, 6, needs);
  EstimatorInUse estimator(c.estimators[0], problem);
  const std::vector<double> theta = initial_theta(problem, {}, Noise(3, 1));
  const seedbed_batch whole = sampler.sample(estimator, theta, Noise(3, 1), 0);
  const auto all = seedbed::estimate(estimator.instance, whole, theta, {}, true, sampler.arena());
  const auto check = [&](const seedbed_batch& b, std::span<const std::size_t> kept) {
    REQUIRE(b.episodes == kept.size());
    const auto some = seedbed::estimate(estimator.instance, b, theta, {}, true, sampler.arena());
    std::uint64_t samples = 0;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const std::size_t e = kept[i], d = theta.size();
      samples += whole.length[e];
      CHECK(std::equal(some.contributions.begin() + std::ptrdiff_t(i * d),
                       some.contributions.begin() + std::ptrdiff_t((i + 1) * d),
                       all.contributions.begin() + std::ptrdiff_t(e * d)));
      CHECK(b.length[i] == whole.length[e]);
      CHECK(b.noise[i] == whole.noise[e]);
      CHECK(b.request[i] == whole.request[e]);
      CHECK(b.terminated[i] == whole.terminated[e]);
      CHECK(b.t[b.begin[i]] == 0);
      CHECK(b.log_prob[b.begin[i]] == whole.log_prob[whole.begin[e]]);
      for (std::size_t k = 0; k < 4; ++k) {
        CHECK(b.final_observation.data[k * b.final_observation.stride + i] ==
              whole.final_observation.data[k * whole.final_observation.stride + e]);
        CHECK(b.state.data[k * b.state.stride + b.begin[i]] ==
              whole.state.data[k * whole.state.stride + whole.begin[e]]);
        CHECK(b.reset_uniform.data[k * b.reset_uniform.stride + i] ==
              whole.reset_uniform.data[k * whole.reset_uniform.stride + e]);
      }
      CHECK(b.policy_uniform.data[b.begin[i]] == whole.policy_uniform.data[whole.begin[e]]);
    }
    CHECK(b.samples == samples);
  };
  Recording part(sampler.shape());
  const std::size_t kept[] = {5, 1, 2};
  take_episodes(whole, kept, theta.size(), part);
  check(part.view(), kept);
  LeftOut parts(sampler.shape());
  parts.take(whole, {{0, 3}, {5}, {1, 2, 4}}, theta.size());
  const std::vector<std::vector<std::size_t>> left = {{5, 1, 2, 4}, {1, 2, 4, 0, 3}, {0, 3, 5}};
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(std::ranges::equal(parts.kept(k), left[k]));
    check(parts.without(k), left[k]);
  }
}
