#include "engine/learner.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "configurations.hpp"
#include "engine/gradient_study.hpp"

using namespace seedbed;

TEST_CASE(
    "a replicate is a function of configuration, seed and replicate, and resumes from its state") {
  for (Configuration c : {cartpole(20), regulator(20)}) {
    c.estimators = {
        contract::setting(SEEDBED_ESTIMATOR, "reward-to-go", "baseline = \"previous-batch-mean\"")};
    Learner first(c, Noise(5, 0)), second(c, Noise(5, 0)), other(c, Noise(5, 1));
    LearnState a = first.begin(), b = second.begin(), o = other.begin();
    for (int i = 0; i < 3; ++i) first.step(a), second.step(b), other.step(o);
    CHECK(a.theta == b.theta);
    CHECK(a.theta != o.theta);
    Learner resumed(c, Noise(5, 0));  // a new process that was handed the checkpoint
    for (int i = 0; i < 3; ++i) first.step(a), resumed.step(b);
    CHECK(a.theta == b.theta);
    CHECK(a.optimizer == b.optimizer);
    CHECK(a.estimator == b.estimator);
  }
}

TEST_CASE("the mean sum of rewards is not discounted, and is the mean return where gamma is 1") {
  for (const double discount : {0.9, 1.0}) {
    Configuration c = regulator(20);
    c.objective.discount = discount;
    Learner learner(c, Noise(5, 0));
    LearnState state = learner.begin();
    const Iteration now = learner.step(state);
    double sum = 0.0;
    for (std::uint64_t j = 0; j < now.batch.samples; ++j) sum += now.batch.reward[j];
    CHECK(now.statistics.reward_sum_mean == Approx(sum / 20).epsilon(1e-12));
    CHECK((now.statistics.reward_sum_mean == now.statistics.return_mean) == (discount == 1.0));
  }
}

TEST_CASE("a replicate whose parameters run away has diverged") {
  Configuration c = regulator(20);
  c.optimizer = contract::setting(SEEDBED_OPTIMIZER, "sgd", "step = 1e3");
  c.divergence = 10.0;
  Learner learner(c, Noise(5, 0));
  LearnState state = learner.begin();
  bool diverged = false;
  for (int i = 0; i < 3 && !diverged; ++i) diverged = learner.step(state).diverged;
  CHECK(diverged);
}

TEST_CASE("the estimators of a gradient stage see the same batches") {
  Configuration c = regulator(8);
  c.estimators = {contract::setting(SEEDBED_ESTIMATOR, "reinforce"),
                  contract::setting(SEEDBED_ESTIMATOR, "reinforce"),
                  contract::setting(SEEDBED_ESTIMATOR, "reward-to-go")};
  GradientStudy study(c, Noise(5, 0));
  for (std::uint64_t i = 0; i < 10; ++i) study.step(i);
  const auto& made = study.evaluations();
  CHECK(made[0].estimate.gradient == made[1].estimate.gradient);
  CHECK(made[0].estimate.gradient != made[2].estimate.gradient);
  CHECK(made[0].env_steps == made[2].env_steps);
}
