#include <benchmark/benchmark.h>

#include "suite/plan.hpp"

/// Planning, in tasks per second; reading the suite is not in it.
namespace {

void plan_tasks(benchmark::State& state) {
  using namespace seedbed;
  const Registry registry({SEEDBED_PLUGINS});
  const Suite suite = read_suite(SEEDBED_SOURCE "/experiments/recht-lqr",
                                 {"replicates=" + std::to_string(state.range(0) / 16)}, registry);
  std::size_t tasks = 0;
  for (auto _ : state) tasks += make_plan(suite).tasks.size();
  state.counters["tasks"] =
      benchmark::Counter(static_cast<double>(tasks), benchmark::Counter::kIsRate);
}

BENCHMARK(plan_tasks)->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace
