#pragma once
#include "contract/setting.hpp"
#include "engine/configuration.hpp"

namespace seedbed {

/// Ragged episodes: they end early, at different times.
inline Configuration cartpole(std::uint64_t episodes, std::uint64_t horizon = 60) {
  using contract::setting;
  Configuration c;
  c.objective = {horizon, 0.95};
  c.environment = setting(SEEDBED_ENVIRONMENT, "cartpole");
  c.policy = setting(SEEDBED_POLICY, "linear-softmax", "init_scale = 0.5");
  c.estimators = {setting(SEEDBED_ESTIMATOR, "reward-to-go")};
  c.optimizer = setting(SEEDBED_OPTIMIZER, "adam", "step = 0.05");
  c.iterations = 5;
  c.episodes = episodes;
  return c;
}

/// Noise in every place: reset, step and policy.
inline Configuration regulator(std::uint64_t episodes) {
  using contract::setting;
  Configuration c = cartpole(episodes, 7);
  c.environment = setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
                          "A = [[1.0, 1.0], [0.0, 1.0]]\nB = [[0.0], [1.0]]\nR = [[1.0]]\n"
                          "Q = [[1.0, 0.0], [0.0, 1.0]]\nW = [[1e-2, 0.0], [0.0, 1e-2]]\n"
                          "x0 = [-1.0, 0.0]\nX0 = [[1e-2, 0.0], [0.0, 1e-2]]");
  c.policy = setting(SEEDBED_POLICY, "linear-gaussian", "sigma = 0.3");
  return c;
}

}  // namespace seedbed
