// Writes into the folder argv[1]: runs of a learn stage (2 estimators x 3 steps x 2 replicates), of
// a gradient stage, a run without any episode, and results.h5. readers_test.py knows the numbers.
#include <cmath>
#include <cstdio>
#include <exception>

#include "store/collection.hpp"
#include "store/run_file.hpp"

namespace {

using namespace seedbed;
using std::int64_t;

const std::vector<std::string> parameters{"K[0,0]", "K[0,1]", "σ"};

std::string numbered(std::string text, int64_t number) {
  text += std::to_string(number);
  return text;
}

RunHeader header(const std::string& stage, const std::string& kind, const std::string& cell,
                 int64_t replicate) {
  return {"Ein Titel: π", numbered("task-" + cell + "-", replicate), stage, cell, replicate,
          kind, {{"resolved", "seed = 1\nname = \"π\"\n"}, {"diff", ""}}};
}

// Two episodes, of lengths 3 and 2, the second one first in memory; 2 observations, 1 action.
void append_episodes(RunFile& run, int64_t iteration) {
  static const std::uint64_t begin[] = {2, 0}, length[] = {3, 2}, noise[] = {0, 1};
  static const double observation[] = {3, 4, 0, 1, 2, 13, 14, 10, 11, 12};
  static const double action[] = {-3, -4, -0.5, -1, -2}, reward[] = {6, 8, 0, 2, 4};
  static const double last[] = {20, 21, 30, 31}, terminated[] = {1, 0}, returns[] = {6, 14};
  run.append_episodes(iteration, {2, begin, length, {observation, 5}, {action, 5}, reward, reward,
                                  {last, 2}, terminated, returns, noise});
}

void write_learn(const std::filesystem::path& path, const std::string& cell, double base,
                 int64_t replicate, int64_t iterations, bool with_episodes = true) {
  RunFile run(path, header("learn", "learn", cell, replicate));
  Series& learning = run.series("/learning", "iteration",
                                {{"return_mean", "1", "mean return"},
                                 {"episode_length_mean", "step", "mean length"}});
  Series& timing = run.series("/timing", "iteration",
                              {{"wall_seconds", "s", "wall"}, {"cpu_seconds", "s", "processor"}});
  run.record_gradients({"reinforce", "reward-to-go"}, parameters, 4);
  run.record_policy(parameters);
  run.record_trajectories({{"position", "velocity"}, {"m", "m/s"}}, {{"force"}, {"N"}});
  for (int64_t i = 0; i < iterations; ++i) {
    const auto x = static_cast<double>(i);
    learning.append(i, std::vector<double>{base + x + 0.125 * double(replicate), 5});
    timing.append(i, std::vector<double>{0.5, 0.25});
    // (estimator, parameter) and (estimator, unit, parameter), both written by rows.
    std::vector<double> g{x, x + 0.5, -x, 1000 + x, std::nan(""), 0.1}, units;
    for (int estimator = 0; estimator < 2; ++estimator)
      for (int unit = 0; unit < 4; ++unit)
        for (int parameter = 0; parameter < 3; ++parameter)
          units.push_back(x + 0.1 * parameter + 100 * unit + 1000 * estimator);
    run.append_gradient(i, g, g, std::vector<int64_t>{8, 9 + i}, units);
    if (with_episodes) append_episodes(run, i);
  }
  if (with_episodes) run.append_checkpoint(iterations, std::vector<double>{base, 1, 2});
  run.finish();
}

void write_gradient(const std::filesystem::path& path, int64_t replicate) {
  RunFile run(path, header("gradient", "gradient", "c0", replicate));
  Writer& writer = run.writer();
  const std::vector<std::string> estimators{"reinforce", "reward-to-go"};
  writer.scale("/gradient/estimator", estimators, {"1", "estimator"});
  writer.scale("/gradient/parameter", parameters, {"1", "parameter"});
  const Dimensions both{"estimator", "parameter"};
  writer.put("/gradient/mean", both, std::vector<double>{1, 2, 3, 4, 5, 6}, {"1", "mean"});
  writer.put("/gradient/reference", {"parameter"}, std::vector<double>{1, 2, 3}, {"1", "exact"});
  writer.put("/gradient/variance_trace", {"estimator"},
             std::vector<double>{200.0 + double(replicate), 30}, {"1", "trace of the variance"});
  writer.attribute("/gradient", "reference_kind", "exact");
  run.finish();
}

void write_all(const std::filesystem::path& folder) {
  CollectStage learn{"learn", "learn", {{"estimator", {"reinforce", "reward-to-go"}},
                                        {"optimizer.step", {"1e-4", "3e-4", "1e-3"}}}, {}, 0.0};
  for (int cell = 0; cell < 6; ++cell) {
    const std::string name = numbered("c", cell);
    CollectCell& made = learn.cells.emplace_back(CollectCell{name, {}, learn.cells.size()});
    for (int r = 0; r < 2; ++r) {
      const auto file = folder / "runs" / name / (numbered("r", r) + ".h5");
      write_learn(file, name, -100.0 * (cell + 1), r, 20 + cell);
      made.replicates.push_back({file, numbered("task-" + name + "-", r)});
    }
  }
  CollectStage gradient{"gradient", "gradient", {}, {{"c0", {}}}, {}};
  for (int r = 0; r < 3; ++r) {
    const auto file = folder / "runs" / (numbered("g", r) + ".h5");
    write_gradient(file, r);
    gradient.cells[0].replicates.push_back({file, ""});
  }
  collect({learn, gradient}, {"Ein Titel: π", "cafe", {{"suite", "x = 1\n"}}},
          folder / "results.h5");
  write_learn(folder / "empty.h5", "c0", 0, 0, 0, false);
  write_learn(folder / "long.h5", "c0", 0, 0, 40000);
}

}  // namespace

int main(int count, char** words) try {
  if (count != 2) return 2;
  write_all(words[1]);
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
