#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/small_process.hpp"
#include "configurations.hpp"
#include "diagnostics/moments.hpp"
#include "engine/gradient_study.hpp"
#include "engine/learner.hpp"
#include "oracle/exact.hpp"

using namespace seedbed;
using Catch::Contains;
using Catch::Matchers::WithinAbs;

namespace {

Configuration study_of(Configuration c, const std::vector<double>& theta, const std::string& name) {
  c.kind = StageKind::gradient;
  c.antithetic = true;
  c.theta = theta;
  c.estimators = {contract::setting(SEEDBED_ESTIMATOR, name)};
  return c;
}

/// R(u) = -|u - z|^2, z = (0.5, -0.3), u ~ N(first column of K, sigma^2 I): x_0 = (1, 0) is the
/// only state that counts.
Configuration one_step_quadratic() {
  Configuration c = regulator(2);
  c.objective = {1, 1.0};
  c.environment = contract::setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
                                    "A = [[-0.5, 0.0], [0.3, 0.0]]\nB = [[1.0, 0.0], [0.0, 1.0]]\n"
                                    "R = [[0.0, 0.0], [0.0, 0.0]]\nx0 = [1.0, 0.0]\n"
                                    "Q_next = [[1.0, 0.0], [0.0, 1.0]]");
  return study_of(c, {0.0, 0.0, 0.0, 0.0}, "reinforce");
}

void check_means(const Configuration& c, std::uint64_t batches) {
  GradientStudy study(c, Noise(11, 1));
  Moments moments(study.theta().size());
  for (std::uint64_t batch = 0; batch < batches; ++batch) {
    study.step(batch);
    moments.add(study.evaluations()[0].estimate.gradient);
  }
  const auto truth = exact(study.problem().environment(), study.problem().policy(),
                           c.objective.horizon, c.objective.discount, study.theta(), study.arena());
  REQUIRE(truth);
  double largest = 0.0;
  for (std::size_t j = 0; j < study.theta().size(); ++j) {
    const double error = moments.standard_error(j);
    CHECK_THAT(moments.mean[j], WithinAbs(truth->gradient[j], 5.0 * error + 1e-12));
    if (error > 0.0) largest = std::max(largest, std::abs(truth->gradient[j]) / error);
  }
  CHECK(largest > 20.0);  // the errors are small enough to say something
}

}  // namespace

TEST_CASE("episodes i and i + N/2 of antithetic pairs mirror each other's noise, all of it") {
  DecisionProblem problem(regulator(6));
  Sampler sampler(problem, 6, SEEDBED_NEEDS_POLICY_NOISE | SEEDBED_NEEDS_ENVIRONMENT_NOISE, true);
  const EstimatorInUse estimator(contract::setting(SEEDBED_ESTIMATOR, "reinforce"), problem);
  const seedbed_batch b =
      sampler.sample(estimator, initial_theta(problem, {}, Noise(3, 1)), Noise(3, 1), 2);
  REQUIRE(b.episodes == 6);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(b.noise[i] == i);
    CHECK(b.noise[i + 3] == i);
    CHECK(b.request_transform[b.request[i]] == SEEDBED_PLAIN);
    CHECK(b.request_transform[b.request[i + 3]] == SEEDBED_ANTITHETIC);
    const auto mirrored = [&](seedbed_in z, std::size_t row, std::size_t j, std::size_t k) {
      const double value = z.data[row * z.stride + j];
      return value != 0.0 && value == -z.data[row * z.stride + k];
    };
    CHECK(mirrored(b.reset_normal, 1, i, i + 3));
    for (std::size_t t = 0; t < b.length[i]; ++t) {
      CHECK(mirrored(b.policy_normal, 0, b.begin[i] + t, b.begin[i + 3] + t));
      CHECK(mirrored(b.step_normal, 1, b.begin[i] + t, b.begin[i + 3] + t));
    }
  }
}

TEST_CASE("means stay unbiased under antithetic pairs") {
  Configuration c = regulator(200);
  check_means(study_of(c, {-0.4, -0.8}, "reward-to-go"), 100);
  c.environment = contract::setting(SEEDBED_ENVIRONMENT, "tabular",
                                    "transitions = '''\nstate,action,probability,next_state,reward,"
                                    "terminated\nstart,,1,0,,\n0,0,0.5,0,1,0\n0,0,0.5,1,-1,0\n"
                                    "0,1,0.6,1,0.25,0\n0,1,0.4,1,2,1\n1,0,1,0,-0.5,0\n"
                                    "1,1,1,0,3,1\n'''");
  c.policy = contract::setting(SEEDBED_POLICY, "tabular-softmax");
  check_means(study_of(c, {0.5, -0.5, 0.0, 0.3}, "reinforce"), 200);
}

TEST_CASE("a pair on the one-step quadratic is 2 e (e'D) and has variance 4 (d + 1) |D|^2") {
  constexpr std::size_t N = 20000;
  const Configuration c = one_step_quadratic();
  DecisionProblem problem(c);
  Sampler sampler(problem, N, SEEDBED_NEEDS_POLICY_NOISE, true);
  EstimatorInUse estimator(c.estimators[0], problem);
  const seedbed_batch b = sampler.sample(estimator, c.theta, Noise(3, 1), 0);
  const Estimate made = sampler.estimate(estimator, b, c.theta, true);
  constexpr double M = N / 2;
  double worst = 0.0, mean = 0.0, square = 0.0, fourth = 0.0;
  for (std::size_t i = 0; i < N / 2; ++i) {
    const double e0 = b.policy_normal.data[b.begin[i]],
                 e1 = b.policy_normal.data[b.policy_normal.stride + b.begin[i]],
                 D = 0.5 * e0 - 0.3 * e1;
    const double *g = made.contributions.data() + 4 * i, *mirror = g + 4 * (N / 2);
    const double pair[2] = {0.5 * (g[0] + mirror[0]), 0.5 * (g[2] + mirror[2])};
    worst = std::max({worst, std::abs(pair[0] - 2.0 * e0 * D), std::abs(pair[1] - 2.0 * e1 * D)});
    const double away = std::pow(pair[0] - 1.0, 2) + std::pow(pair[1] + 0.6, 2);  // from 2 D
    mean += pair[0] / M;
    square += away / M;
    fourth += away * away / M;
  }
  CHECK(worst < 1e-11);
  CHECK_THAT(mean, WithinAbs(1.0, 5.0 * std::sqrt(square / M)));
  CHECK_THAT(square, WithinAbs(4.0 * 3.0 * 0.34, 5.0 * std::sqrt((fourth - square * square) / M)));
}

TEST_CASE("antithetic pairs refuse an odd N and a baseline made of the other trajectories") {
  Configuration c = regulator(7);
  c.antithetic = true;
  CHECK_THROWS_WITH(Learner(c, Noise(1, 1)),
                    Contains("expected an even number of episodes, got 7"));
  c.episodes = 8;
  c.estimators = {contract::setting(SEEDBED_ESTIMATOR, "reinforce", "baseline = 'leave-one-out'")};
  Learner learner(c, Noise(1, 1));
  LearnState state = learner.begin();
  CHECK_THROWS_WITH(learner.step(state), Contains("expected independent trajectories"));
}

TEST_CASE("leave-one-out over antithetic pairs would be biased: the refusal has a reason") {
  // The scores of a pair are e and -e: (R+ - R-) e from either episode, where R+ e and -R- e were.
  const Configuration c = one_step_quadratic();
  DecisionProblem problem(c);
  Sampler sampler(problem, 2, SEEDBED_NEEDS_POLICY_NOISE, true);
  EstimatorInUse plain(c.estimators[0], problem),
      left_out(contract::setting(SEEDBED_ESTIMATOR, "reinforce", "baseline = 'leave-one-out'"),
               problem);
  double ratio = 0.0;
  for (std::uint32_t iteration = 0; iteration < 5; ++iteration) {
    const seedbed_batch b = sampler.sample(plain, c.theta, Noise(3, 1), iteration);
    const double g = sampler.estimate(plain, b, c.theta, false).gradient[0];
    ratio = sampler.estimate(left_out, b, c.theta, false).gradient[0] / g;
    CHECK_THAT(ratio, WithinAbs(2.0, 1e-9));
  }
}

TEST_CASE("an estimator that plans its own requests gets what it plans under antithetic pairs") {
  Configuration c = regulator(4);
  c.antithetic = true;
  c.theta = {-0.4, -0.8};
  DecisionProblem problem(c);
  const EstimatorInUse estimator(contract::setting(SEEDBED_ESTIMATOR, "central-differences"),
                                 problem);
  Sampler pairs(problem, 4, 0, true), plain(problem, 4, 0);
  const seedbed_batch a = pairs.sample(estimator, c.theta, Noise(3, 1), 0),
                      b = plain.sample(estimator, c.theta, Noise(3, 1), 0);
  CHECK(std::vector<double>(a.reward, a.reward + a.samples) ==
        std::vector<double>(b.reward, b.reward + b.samples));
}
