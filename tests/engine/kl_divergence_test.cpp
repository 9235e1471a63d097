#include "engine/kl_divergence.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "configurations.hpp"
#include "engine/learner.hpp"

using namespace seedbed;

namespace {

/// A batch under theta_0 of a configuration, and another theta that differs by so much in some
/// components.
struct Update {
  DecisionProblem problem;
  std::vector<double> theta, other;
  Rollout rollout;
  Recording recording;
  Arena arena;
  seedbed_batch batch{};

  Update(const Configuration& c, double size)
      : problem(c),
        theta(initial_theta(problem, {}, Noise(3, 0))),
        other(theta),
        rollout(problem, 0),
        recording(rollout.shape()) {
    for (std::size_t i = 0; i < other.size(); ++i)
      other[i] += size * (1.0 - static_cast<double>(i % 3));
    rollout.run({Request{theta, c.episodes, 0, SEEDBED_PLAIN, {}, {}}}, Noise(3, 0), 0, recording,
                arena);
    batch = recording.view();
  }
  double kl() { return kl_divergence(problem, batch, theta, other, arena); }

  /// log pi(action|s) of every state.
  std::vector<double> log_prob(const std::vector<double>& of, seedbed_in action) {
    std::vector<double> values(batch.samples);
    seedbed_message message;
    const auto& policy = problem.policy();
    REQUIRE(policy.functions<seedbed_policy>().log_prob(
                policy.self(), of.data(), batch.samples, batch.t, batch.observation, action,
                values.data(), arena.fresh(), &message) == SEEDBED_OK);
    return values;
  }
};

Configuration with_policy(const char* policy, const char* settings) {
  Configuration c = cartpole(40);
  c.policy = contract::setting(SEEDBED_POLICY, policy, settings);
  return c;
}

}  // namespace

TEST_CASE("with a policy that has its distribution it is the sum over all actions") {
  for (const double size : {1e-3, 0.5, 2.0}) {
    Update update(with_policy("mlp", "hidden = [5]"), size);
    long double sum = 0.0L;
    for (const double action : {0.0, 1.0}) {
      const std::vector<double> actions(update.batch.samples, action);
      const std::vector<double> before = update.log_prob(update.theta, {actions.data(), 0}),
                                after = update.log_prob(update.other, {actions.data(), 0});
      for (std::size_t j = 0; j < before.size(); ++j)
        sum += std::exp(static_cast<long double>(before[j])) *
               (static_cast<long double>(before[j]) - after[j]);
    }
    CHECK(update.kl() ==
          Approx(static_cast<double>(sum / update.batch.samples)).epsilon(1e-9).margin(0.0));
  }
}

TEST_CASE("with another it is the mean of r - 1 - log r, and not below 0") {
  for (const Configuration& c : {cartpole(40), regulator(40)})
    for (const double size : {1e-7, 1e-3, 0.5, 2.0}) {
      Update update(c, size);
      const std::vector<double> after = update.log_prob(update.other, update.batch.action);
      long double sum = 0.0L;
      for (std::size_t j = 0; j < after.size(); ++j) {
        const long double x = static_cast<long double>(after[j]) - update.batch.log_prob[j];
        sum += std::expm1(x) - x;
      }
      CHECK(update.kl() > 0.0);
      CHECK(update.kl() ==
            Approx(static_cast<double>(sum / update.batch.samples)).epsilon(1e-9).margin(0.0));
    }
}

TEST_CASE("it is 0 where nothing moved") {
  Update exact(with_policy("mlp", "hidden = [5]"), 0.0), sampled(cartpole(40), 0.0);
  CHECK(exact.kl() == 0.0);
  CHECK(sampled.kl() == 0.0);
}

TEST_CASE("actions that have lost their probability are far away, and that is a number") {
  Update update(cartpole(40), 0.0);
  for (double& theta : update.other) theta *= 1e5;
  CHECK(update.kl() > 1e3);
  CHECK(std::isfinite(update.kl()));
}

TEST_CASE("a learner measures the update that it makes, where it is asked to") {
  Configuration c = cartpole(20);
  Learner silent(c, Noise(5, 0));
  c.record.kl = true;
  Learner learner(c, Noise(5, 0));
  LearnState state = learner.begin(), other = silent.begin();
  Arena arena;
  for (int i = 0; i < 3; ++i) {
    const std::vector<double> before = state.theta;
    const Iteration now = learner.step(state);
    CHECK(silent.step(other).kl == 0.0);
    CHECK(state.theta == other.theta);
    CHECK(now.kl > 0.0);
    CHECK(now.kl == kl_divergence(learner.problem(), now.batch, before, state.theta, arena));
  }
  c.estimators = {contract::setting(SEEDBED_ESTIMATOR, "central-differences")};
  Learner planner(c, Noise(5, 0));
  LearnState planned = planner.begin();
  CHECK(std::isnan(planner.step(planned).kl));
}
