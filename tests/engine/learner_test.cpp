#include "engine/learner.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "configurations.hpp"
#include "engine/gradient_study.hpp"

using namespace seedbed;

TEST_CASE("a replicate is a function of configuration, seed and replicate, and resumes from its state") {
  for (Configuration c : {cartpole(20), regulator(20)}) {
    c.estimators = {contract::setting(SEEDBED_ESTIMATOR, "reward-to-go",
                                      "baseline = \"previous-batch-mean\"")};
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
  CHECK(study.moments()[0].mean == study.moments()[1].mean);
  CHECK(study.moments()[0].mean != study.moments()[2].mean);
  CHECK(study.env_steps()[0] == study.env_steps()[2]);
}

TEST_CASE("moments agree with their definitions") {
  const std::vector<double> x = {1.0, -2.0, 4.5, 0.25, 9.0};
  Moments m(1);
  double mean = 0;
  for (double v : x) m.add({v}), mean += v / 5.0;
  double m2 = 0, m3 = 0, m4 = 0;
  for (double v : x) {
    m2 += std::pow(v - mean, 2);
    m3 += std::pow(v - mean, 3);
    m4 += std::pow(v - mean, 4);
  }
  CHECK(m.mean[0] == Approx(mean).epsilon(1e-14));
  CHECK(m.m2[0] == Approx(m2).epsilon(1e-13));
  CHECK(m.m3[0] == Approx(m3).epsilon(1e-13));
  CHECK(m.m4[0] == Approx(m4).epsilon(1e-13));
}
