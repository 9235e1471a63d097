#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/components.hpp>

#include "configurations.hpp"
#include "engine/gradient_study.hpp"
#include "engine/statistics.hpp"

using namespace seedbed;

namespace {

/// Weighers, with states and U-statistics among them, around one that is none and one that plans.
Configuration study_of(Configuration c, std::uint64_t batches) {
  c.kind = StageKind::gradient;
  c.iterations = batches;
  c.estimators.clear();
  for (const auto& [name, settings] : {std::pair{"reinforce", ""},
                                       {"reward-to-go", "baseline = \"previous-batch-mean\""},
                                       {"natural", ""},
                                       {"reward-to-go", "baseline = \"leave-one-out\""},
                                       {"forward-differences", "delta = 0.1"},
                                       {"gae", "lambda = 0.9"},
                                       {"reinforce", "baseline = \"leave-one-out\""},
                                       {"reward-to-go", ""}})
    c.estimators.push_back(contract::setting(SEEDBED_ESTIMATOR, name, settings));
  return c;
}

/// Most episodes end without a reward, so reward-to-go weighs them evenly, by 0, and a few not.
Configuration lake(std::uint64_t episodes) {
  Configuration c = cartpole(episodes);
  c.environment = contract::setting(SEEDBED_ENVIRONMENT, "tabular", "model = 'FrozenLake-4x4.csv'");
  c.policy = contract::setting(SEEDBED_POLICY, "tabular-softmax");
  return c;
}

}  // namespace

/// Of few batches each estimator is evaluated by itself, of many most share their scores.
TEST_CASE("estimators that share one pass over the scores give the bits that each gives alone") {
  for (Configuration c : {cartpole(8), regulator(5), lake(40)}) {
    GradientStudy alone(study_of(c, 10), Noise(3, 1)), together(study_of(c, 6400), Noise(3, 1));
    std::size_t shared = 0;
    for (std::uint64_t batch = 0; batch < 10; ++batch) {
      alone.step(batch);
      together.step(batch);
      for (std::size_t e = 0; e < alone.estimators(); ++e) {
        const Evaluation &expected = alone.evaluations()[e], &got = together.evaluations()[e];
        CHECK(got.estimate.gradient == expected.estimate.gradient);
        CHECK(got.estimate.m2 == expected.estimate.m2);
        CHECK(got.estimate.units == expected.estimate.units);
        CHECK(!std::isnan(expected.seconds));
        shared += std::isnan(got.seconds) ? 1 : 0;
      }
    }
    CHECK(shared == 9 * alone.estimators());  // all batches but the first, which is timed
  }
}

TEST_CASE("a trajectory that is weighed evenly contributes its weight times its plain score sum") {
  const Configuration c = cartpole(8);
  const DecisionProblem problem(c);
  Sampler sampler(problem, c.episodes, 0);
  EstimatorInUse estimator(contract::setting(SEEDBED_ESTIMATOR, "reinforce"), problem);
  const std::vector<double> theta = initial_theta(problem, {}, Noise(3, 1));
  const seedbed_batch batch = sampler.sample(estimator, theta, Noise(3, 1), 0);
  const Estimate estimate = sampler.estimate(estimator, batch, theta, true);
  const std::vector<double> R = returns_of(batch), one(batch.samples, 1.0);
  std::vector<double> expected(estimate.contributions.size());
  Scratch scratch(sampler.arena().fresh());
  Policy(batch, theta.data(), scratch)
      .score_sums(Batch(batch), 1, In(one.data(), 0), 0, batch.episodes, expected.data());
  for (std::size_t i = 0; i < expected.size(); ++i) expected[i] *= R[i / theta.size()];
  CHECK(estimate.contributions == expected);
}
