#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "loader/registry.hpp"
#include "plain_arrays.h"
#include "runner/noise_key.hpp"
#include "runner/replicate.hpp"
#include "store/reader.hpp"
#include "suite/plan.hpp"

/// What it costs to record all trajectories: a replicate as a worker runs it, without and with
/// them, against plain HDF5 writing the same arrays. Interleaved; rates are the best of five, in
/// environment steps per second, fsync included: a run file is on the disk when it has its name.
/// `loop`: the iterations alone. Ratios are what counts.
namespace {

using namespace seedbed;
namespace fs = std::filesystem;

const char* const cartpole = R"(
[environment]
plugin = "cartpole"
[objective]
horizon = 200
[policy]
plugin = "linear-softmax"
[learn]
iterations = 300
episodes = 96
theta = [0, 0, 0, 0, 0.5, 1, 10, 3]
estimator = "reward-to-go"
optimizer = { plugin = "sgd", step = 1e-9 }
)";

const char* const regulator = R"(
[environment]
plugin = "linear-quadratic"
A = [[1.0, 1.0], [0.0, 1.0]]
B = [[0.0], [1.0]]
Q_next = [[1.0, 0.0], [0.0, 0.0]]
R = [[1.0]]
W = [[1e-4, 0.0], [0.0, 1e-4]]
x0 = [-1.0, 0.0]
[objective]
horizon = 10
[policy]
plugin = "linear-gaussian"
sigma = 0.3
[learn]
iterations = 10000
episodes = 48
estimator = "reward-to-go"
optimizer = { plugin = "sgd", step = 1e-5 }
)";

struct Rates {
  double whole = 0.0, loop = 0.0;
  std::uint64_t steps = 0;
};

double seconds_of(const Reader& run) {
  double sum = 0.0;
  for (const double wall : run.reals("/timing/wall_seconds")) sum += wall;
  return sum;
}

Rates run_one(const fs::path& folder, const std::string& text, const Registry& registry) {
  std::ofstream(folder / "suite.toml") << "title = \"t\"\nseed = 1\nreplicates = 1\n" << text;
  const Suite suite = read_suite(folder / "suite.toml", {}, registry);
  const Plan plan = make_plan(suite);
  const fs::path path = folder / "run.h5";
  const auto start = std::chrono::steady_clock::now();
  run_replicate({suite, 0, 0, 0, plan.tasks[0].id, {}, {}, noise_key(suite, 0, 0, 0), {}}, path);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  const Reader run(path);
  const double steps = run.reals("/learning/env_steps").back();
  return {steps / wall.count(), steps / seconds_of(run), static_cast<std::uint64_t>(steps)};
}

void keep_best(Rates& best, const Rates& now) {
  best = {std::max(best.whole, now.whole), std::max(best.loop, now.loop), now.steps};
}

void recording(benchmark::State& state, const char* suite, std::uint64_t obs, std::uint64_t act) {
  const fs::path folder = fs::temp_directory_path() / ("seedbed-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const Registry registry({SEEDBED_PLUGINS});
  Rates none, all, plain;
  for (auto _ : state)
    for (int i = 0; i < 5; ++i) {
      keep_best(none, run_one(folder, suite, registry));
      keep_best(all, run_one(folder, suite + std::string("[record]\ntrajectories = \"all\"\n"),
                             registry));
      double written = 0.0, synced = 0.0;
      if (write_plain_arrays((folder / "plain.h5").c_str(), all.steps, obs, act, &written, &synced))
        state.SkipWithError("plain HDF5 could not be written");
      const auto steps = static_cast<double>(all.steps);
      keep_best(plain, {steps / (written + synced), steps / written, all.steps});
    }
  fs::remove_all(folder);
  state.counters["unrecorded"] = none.whole;
  state.counters["recorded"] = all.whole;
  state.counters["plain"] = plain.whole;
  state.counters["recorded/unrecorded"] = all.whole / none.whole;
  state.counters["recorded/plain"] = all.whole / plain.whole;
  state.counters["loop:recorded/unrecorded"] = all.loop / none.loop;
  state.counters["loop:recorded/plain"] = all.loop / plain.loop;
}

BENCHMARK_CAPTURE(recording, cartpole, cartpole, 4, 1)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(recording, regulator, regulator, 2, 1)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
