#include <benchmark/benchmark.h>

#include "analysis/statistics/aggregate.hpp"
#include "analysis/statistics/bootstrap.hpp"

/// 50 000 resamples of 100 runs x 50 tasks. Argument: tasks that share noise, or do not.
namespace {

using namespace seedbed::statistics;

Scores some_scores() {
  Scores x(100, 50);
  for (Eigen::Index j = 0; j < x.size(); ++j)
    x.data()[j] = static_cast<double>((j * 2654435761LL) % 104729) / 104729.0;
  return x;
}

template <class Aggregate>
void bootstrap_scores(benchmark::State& state) {
  const Scores x = some_scores();
  const Sample sample = state.range(0) ? common_sample(x) : independent_sample(x);
  const Aggregate aggregate(x);
  for (auto _ : state)
    benchmark::DoNotOptimize(bootstrap(Statistic(aggregate), sample, {.resamples = 50000}));
}

BENCHMARK(bootstrap_scores<InterquartileMean>)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);
BENCHMARK(bootstrap_scores<Mean>)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);

}  // namespace
