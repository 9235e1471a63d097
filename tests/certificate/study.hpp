#pragma once
#include <vector>

#include "contract/setting.hpp"
#include "engine/sampler.hpp"
#include "oracle/exact.hpp"

namespace seedbed {

/// A regulator with noise in every place: three states, two actions, every matrix full, both sigmas
/// learned; theta of 8 numbers. Its return is smooth in theta at fixed noise.
inline Configuration regulator() {
  using contract::setting;
  Configuration c;
  c.kind = StageKind::gradient;
  c.objective = {5, 0.9};
  c.environment =
      setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
              "A = [[0.9, 0.2, -0.1], [0.05, 0.8, 0.3], [0, -0.2, 0.7]]\n"
              "B = [[0.5, 0], [0.1, 1], [-0.3, 0.4]]\n"
              "Q = [[1, 0.2, 0], [0.2, 2, 0.1], [0, 0.1, 0.5]]\nR = [[0.6, 0.1], [0.1, 0.9]]\n"
              "Q_next = [[0.3, 0, 0.1], [0, 0.4, 0], [0.1, 0, 0.2]]\n"
              "W = [[0.02, 0.005, 0], [0.005, 0.03, 0], [0, 0, 0.01]]\nx0 = [1, -0.5, 0.25]\n"
              "X0 = [[0.1, 0, 0.02], [0, 0.2, 0], [0.02, 0, 0.3]]");
  c.policy = setting(SEEDBED_POLICY, "linear-gaussian", "sigma = [0.4, 0.3]\nlearn_sigma = true");
  c.theta = {-0.2, 0.1, 0.05, 0.1, -0.3, 0.15, -0.9, -1.2};
  c.iterations = 1;
  return c;
}

/// An estimator at work on one problem at one theta, with the noise that it plans.
struct Study {
  Study(Configuration c, const std::string& name, const std::string& toml, std::size_t N)
      : theta(c.theta),
        problem((c.episodes = N, c)),
        estimator(contract::setting(SEEDBED_ESTIMATOR, name, toml), problem),
        sampler(problem, N, estimator.info.needs) {}

  seedbed_batch sample(std::uint32_t iteration = 0) {
    return sampler.sample(estimator, theta, noise, iteration);
  }
  Estimate estimate(std::uint32_t iteration = 0) {
    return sampler.estimate(estimator, sample(iteration), theta, true);
  }
  Exact truth() {
    const Objective& o = problem.objective();
    return *exact(problem.environment(), problem.policy(), o.horizon, o.discount, theta,
                  sampler.arena());
  }
  /// R_i of the episodes first_noise .. first_noise + N - 1 at another theta.
  std::vector<double> returns(const std::vector<double>& at, std::size_t N,
                              std::uint64_t first_noise = 0, std::uint32_t iteration = 0) {
    Rollout rollout(problem, 0);
    Recording recording(rollout.shape());
    rollout.run({Request{at, N, first_noise, SEEDBED_PLAIN, {}, {}}}, noise, iteration, recording,
                sampler.arena());
    return returns_of(recording.view());
  }
  static std::vector<double> returns_of(const seedbed_batch& b) {
    std::vector<double> R(b.episodes, 0.0);
    for (std::size_t i = 0; i < b.episodes; ++i) {
      double power = 1.0;
      for (std::size_t t = 0; t < b.length[i]; ++t, power *= b.discount)
        R[i] += power * b.reward[b.begin[i] + t];
    }
    return R;
  }

  std::vector<double> theta;
  DecisionProblem problem;
  EstimatorInUse estimator;
  Sampler sampler;
  Noise noise{7, 1};
};

}  // namespace seedbed
