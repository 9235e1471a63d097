#include <benchmark/benchmark.h>

#include "contract/setting.hpp"
#include "engine/learner.hpp"

/// Cartpole under linear-softmax, in environment steps per second. `balanced`: a policy that holds
/// the pole, so that episodes are long; otherwise theta = 0 and episodes of about 22 steps.
namespace {

using namespace seedbed;

Configuration configuration(bool balanced, std::uint64_t episodes) {
  using contract::setting;
  Configuration c;
  c.objective = {500, 1.0};
  c.environment = setting(SEEDBED_ENVIRONMENT, "cartpole");
  c.policy = setting(SEEDBED_POLICY, "linear-softmax");
  c.estimators = {setting(SEEDBED_ESTIMATOR, "reward-to-go")};
  c.optimizer = setting(SEEDBED_OPTIMIZER, "sgd", "step = 1e-12");
  c.iterations = 1;
  c.episodes = episodes;
  c.theta = balanced ? std::vector<double>{0, 0, 0, 0, 0.5, 1, 10, 3} : std::vector<double>(8, 0.0);
  return c;
}

void count(benchmark::State& state, std::uint64_t steps, std::uint64_t episodes) {
  state.counters["steps"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
  state.counters["length"] = static_cast<double>(steps) / static_cast<double>(episodes);
}

/// Noise, act, step, record.
void rollout(benchmark::State& state) {
  const auto episodes = static_cast<std::uint64_t>(state.range(1));
  const Configuration c = configuration(state.range(0) != 0, episodes);
  const DecisionProblem problem(c);
  Rollout rollout(problem, 0);
  Recording recording(rollout.shape());
  Arena arena;
  const Noise noise(1, 0);
  std::uint64_t steps = 0;
  std::uint32_t iteration = 0;
  for (auto _ : state) {
    rollout.run({Request{c.theta, episodes, 0, SEEDBED_PLAIN, {}, {}}}, noise, iteration++,
                recording, arena);
    steps += recording.view().samples;
  }
  count(state, steps, iteration * episodes);
}

/// A whole iteration: the same, reward-to-go with one contribution per trajectory, the update.
void learn_iteration(benchmark::State& state) {
  const auto episodes = static_cast<std::uint64_t>(state.range(1));
  Learner learner(configuration(state.range(0) != 0, episodes), Noise(1, 0));
  LearnState now = learner.begin();
  std::uint64_t steps = 0;
  for (auto _ : state) steps += learner.step(now).statistics.env_steps;
  count(state, steps, now.iteration * episodes);
}

/// The environment alone, a block of lanes at a time.
void environment_step(benchmark::State& state) {
  const Instance cartpole = contract::environment("cartpole");
  const auto& functions = cartpole.functions<seedbed_environment>();
  double s[4 * SEEDBED_LANES] = {}, observation[4 * SEEDBED_LANES], action[SEEDBED_LANES];
  double reward[SEEDBED_LANES], terminated[SEEDBED_LANES];
  for (std::size_t j = 0; j < SEEDBED_LANES; ++j) action[j] = static_cast<double>(j % 2);
  Arena arena;
  seedbed_message message;
  std::uint64_t steps = 0;
  for (auto _ : state) {
    if (steps % (64 * SEEDBED_LANES) == 0) std::fill(std::begin(s), std::end(s), 0.01);
    functions.step(cartpole.self(), SEEDBED_LANES, {action, SEEDBED_LANES}, {nullptr, 0},
                   {nullptr, 0}, {s, SEEDBED_LANES}, {observation, SEEDBED_LANES}, reward,
                   terminated, arena.fresh(), &message);
    benchmark::ClobberMemory();
    steps += SEEDBED_LANES;
  }
  count(state, steps, steps);
}

BENCHMARK(environment_step);
BENCHMARK(rollout)->ArgNames({"balanced", "N"})->Args({0, 960})->Args({1, 96});
BENCHMARK(learn_iteration)->ArgNames({"balanced", "N"})->Args({0, 960})->Args({1, 96});

}  // namespace
