#include "runner/cost_estimate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <seedbed/error.hpp>
#include <vector>

#include "runner/trial_iterations.hpp"
#include "store/reader.hpp"
#include "store/statistic.hpp"
#include "suite/cost.hpp"

namespace seedbed {
namespace {

constexpr std::size_t runs_per_stage = 3, cells_per_stage = 4;

/// Up to `most` of `all`, evenly spread.
std::vector<std::size_t> spread(const std::vector<std::size_t>& all, std::size_t most) {
  const std::size_t count = std::min(all.size(), most);
  std::vector<std::size_t> some;
  for (std::size_t i = 0; i < count; ++i) some.push_back(all[i * all.size() / count]);
  return some;
}

double cost_of(const Suite& suite, const Task& task) {
  return nominal_cost(suite.stages[task.stage].cells[task.cell].configuration);
}

/// Seconds per step of a finished run; nothing where it does not say.
std::optional<double> rate_of(const Suite& suite, const Task& task,
                              const std::filesystem::path& output) {
  try {
    const std::vector<double> seconds = Reader(output / task.file).reals("/timing/wall_seconds");
    const double cost = cost_of(suite, task),
                 total = std::accumulate(seconds.begin(), seconds.end(), 0.0);
    if (cost > 0.0 && total > 0.0) return total / cost;
  } catch (const Error&) {  // damaged, or of a kind that has no such column
  }
  return std::nullopt;
}

/// The tasks of a stage, by whether they are done.
std::vector<std::size_t> tasks_of(const Plan& plan, const PlannedStage& stage, bool done) {
  std::vector<std::size_t> tasks;
  for (std::size_t i = stage.first; i < stage.first + stage.count; ++i)
    if ((plan.tasks[i].state == Task::State::done) == done) tasks.push_back(i);
  return tasks;
}

/// Seconds per step in a stage, from what has run; nothing where nothing has.
std::optional<double> finished_rate(const Suite& suite, const Plan& plan, const PlannedStage& stage,
                                    const std::filesystem::path& output, std::size_t& runs) {
  std::vector<double> rates;
  for (const std::size_t i : spread(tasks_of(plan, stage, true), runs_per_stage))
    if (const auto rate = rate_of(suite, plan.tasks[i], output)) rates.push_back(*rate);
  runs += rates.size();
  return rates.empty() ? std::nullopt : std::optional(median(rates));
}

std::vector<const Configuration*> cells_to_time(const Suite& suite, const PlannedStage& stage) {
  std::vector<std::size_t> cells(suite.stages[stage.stage].cells.size());
  std::iota(cells.begin(), cells.end(), std::size_t{0});
  std::vector<const Configuration*> configurations;
  for (const std::size_t cell : spread(cells, cells_per_stage))
    configurations.push_back(&suite.stages[stage.stage].cells[cell].configuration);
  return configurations;
}

}  // namespace

CostEstimate estimate_cost(const Suite& suite, const Plan& plan,
                           const std::filesystem::path& output, double budget) {
  CostEstimate estimate;
  std::size_t runs = 0, timed = 0, unknown = 0;
  double seconds = 0.0;
  std::vector<std::pair<const PlannedStage*, double>> open;  // stages to time, and their steps
  for (const PlannedStage& stage : plan.stages) {
    double steps = 0.0;
    for (const std::size_t i : tasks_of(plan, stage, false)) steps += cost_of(suite, plan.tasks[i]);
    estimate.steps += steps;
    if (steps == 0.0) continue;
    if (const auto rate = finished_rate(suite, plan, stage, output, runs))
      seconds += steps * *rate;
    else
      open.emplace_back(&stage, steps);
  }
  for (const auto& [stage, steps] : open) {
    const std::vector<double> rates = time_iterations(cells_to_time(suite, *stage), suite.seed,
                                                      budget / static_cast<double>(open.size()));
    if (rates.empty())
      ++unknown;
    else
      ++timed, seconds += steps * median(rates);
  }
  if (!unknown) estimate.seconds = seconds;
  if (unknown) estimate.basis = fmt::format("no iteration could be timed in {:g} s", budget);
  if (!unknown && runs) estimate.basis = fmt::format("{} finished runs", runs);
  if (!unknown && timed)
    estimate.basis += runs ? " and iterations timed here" : "iterations timed here";
  return estimate;
}

}  // namespace seedbed
