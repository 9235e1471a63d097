#include <benchmark/benchmark.h>

#include <string>
#include <utility>
#include <vector>

#include "contract/setting.hpp"
#include "engine/learner.hpp"
#include "limit/linear.hpp"
#include "limit/perceptron.hpp"

/// Cartpole under a policy, in environment steps per second, beside the limit: programs written for
/// this alone (limit/). `long`: a policy that holds the pole, so that episodes take 460 steps;
/// otherwise they take 22.
namespace {

using namespace seedbed;

const std::vector<double> holding = {0, 0, 0, 0, 0.5, 1, 10, 3};

struct Case {
  const char *policy, *settings;
  std::vector<double> theta;  ///< Empty: as the policy starts.
  std::uint64_t episodes;
};

const Case linear_short{"linear-softmax", "", std::vector<double>(8, 0.0), 960};
const Case linear_long{"linear-softmax", "", holding, 96};
const Case mlp{"mlp", "", {}, 960};
const Case mlp_single{"mlp", "precision = \"single\"", {}, 960};

Configuration configuration(const Case& of) {
  using contract::setting;
  Configuration c;
  c.objective = {500, 1.0};
  c.environment = setting(SEEDBED_ENVIRONMENT, "cartpole");
  c.policy = setting(SEEDBED_POLICY, of.policy, of.settings);
  c.estimators = {setting(SEEDBED_ESTIMATOR, "reward-to-go")};
  c.optimizer = setting(SEEDBED_OPTIMIZER, "sgd", "step = 1e-12");
  c.iterations = 1;
  c.episodes = of.episodes;
  c.theta = of.theta;
  return c;
}

std::vector<double> theta_of(const Configuration& c, const DecisionProblem& problem) {
  return initial_theta(problem, c.theta, Noise(1, 0));
}

void count(benchmark::State& state, std::uint64_t steps, std::uint64_t episodes) {
  state.counters["steps"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
  state.counters["length"] = static_cast<double>(steps) / static_cast<double>(episodes);
}

/// Noise, act, step, record.
void rollout(benchmark::State& state, const Case& of) {
  const Configuration c = configuration(of);
  const DecisionProblem problem(c);
  const std::vector<double> theta = theta_of(c, problem);
  Rollout rollout(problem, 0);
  Recording recording(rollout.shape());
  Arena arena;
  const Noise noise(1, 0);
  std::uint64_t steps = 0;
  std::uint32_t iteration = 0;
  for (auto _ : state) {
    rollout.run({Request{theta, of.episodes, 0, SEEDBED_PLAIN, {}, {}}}, noise, iteration++,
                recording, arena);
    steps += recording.view().samples;
  }
  count(state, steps, iteration * of.episodes);
}

/// A whole iteration: the same, reward-to-go with one contribution per trajectory, the update.
void gradient(benchmark::State& state, const Case& of) {
  Learner learner(configuration(of), Noise(1, 0));
  LearnState now = learner.begin();
  std::uint64_t steps = 0;
  for (auto _ : state) steps += learner.step(now).statistics.env_steps;
  count(state, steps, now.iteration * of.episodes);
}

void linear_limit(benchmark::State& state, const Case& of, bool with_gradient) {
  limit::Work all;
  std::uint32_t key = 0;
  for (auto _ : state) {
    const auto work = limit::linear_rollout(of.theta.data(), of.episodes, with_gradient, ++key);
    all.steps += work.steps;
    all.episodes += work.episodes;
  }
  count(state, all.steps, all.episodes);
}

template <class Real>
void perceptron_limit(benchmark::State& state, const Case& of, bool with_gradient) {
  const Configuration c = configuration(of);
  const std::vector<double> theta = theta_of(c, DecisionProblem(c));
  limit::PerceptronWork all;
  std::uint32_t key = 0;
  for (auto _ : state) {
    const auto work =
        limit::perceptron_rollout<Real>(theta.data(), of.episodes, with_gradient, ++key);
    all.steps += work.steps;
    all.episodes += work.episodes;
  }
  count(state, all.steps, all.episodes);
}

/// The environment alone, a block of lanes at a time, pushed to and fro.
void environment_step(benchmark::State& state) {
  const Instance cartpole = contract::environment("cartpole");
  const auto& functions = cartpole.functions<seedbed_environment>();
  alignas(64) double s[4 * SEEDBED_LANES] = {}, observation[4 * SEEDBED_LANES];
  alignas(64) double action[2][SEEDBED_LANES] = {}, reward[SEEDBED_LANES],
                     terminated[SEEDBED_LANES];
  for (std::size_t j = 0; j < SEEDBED_LANES; ++j) action[j % 2][j] = 1.0;
  Arena arena;
  seedbed_message message;
  std::uint64_t steps = 0;
  for (auto _ : state) {
    if (steps % (64 * SEEDBED_LANES) == 0) std::fill(std::begin(s), std::end(s), 0.01);
    functions.step(cartpole.self(), SEEDBED_LANES,
                   {action[steps / SEEDBED_LANES % 2], SEEDBED_LANES}, {nullptr, 0}, {nullptr, 0},
                   {s, SEEDBED_LANES}, {observation, SEEDBED_LANES}, reward, terminated,
                   arena.fresh(), &message);
    benchmark::ClobberMemory();
    steps += SEEDBED_LANES;
  }
  count(state, steps, steps);
}

void environment_limit(benchmark::State& state) {
  std::uint64_t steps = 0;
  for (auto _ : state) steps += limit::cartpole_steps(64 * 48).steps;
  count(state, steps, steps);
}

/// Each work twice, one after the other: engine/<work> and limit/<work>.
template <class Engine, class Limit>
void enter(const std::string& work, const Engine& engine, const Limit& limit) {
  benchmark::RegisterBenchmark(("engine/" + work).c_str(), engine);
  benchmark::RegisterBenchmark(("limit/" + work).c_str(), limit);
}

const bool entered = [] {
  using benchmark::State;
  enter("step", environment_step, environment_limit);
  for (const auto& [name, of] :
       {std::pair{"linear/short/", &linear_short}, {"linear/long/", &linear_long}}) {
    const Case& its = *of;
    enter(
        std::string(name) + "rollout", [&its](State& state) { rollout(state, its); },
        [&its](State& state) { linear_limit(state, its, false); });
    enter(
        std::string(name) + "gradient", [&its](State& state) { gradient(state, its); },
        [&its](State& state) { linear_limit(state, its, true); });
  }
  for (const bool with : {false, true}) {
    const auto engine = [with](const Case& of) {
      return [with, &of](State& state) { with ? gradient(state, of) : rollout(state, of); };
    };
    const std::string what = with ? "gradient" : "rollout";
    enter("mlp/double/" + what, engine(mlp),
          [with](State& state) { perceptron_limit<double>(state, mlp, with); });
    enter("mlp/single/" + what, engine(mlp_single),
          [with](State& state) { perceptron_limit<float>(state, mlp, with); });
  }
  return true;
}();

}  // namespace
