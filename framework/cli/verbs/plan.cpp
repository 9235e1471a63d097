#include "suite/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "cli/arguments.hpp"
#include "runner/cost_estimate.hpp"
#include "runner/published_runs.hpp"
#include "suite/canonical.hpp"
#include "suite/cost.hpp"

namespace seedbed {
namespace {

using State = Task::State;
constexpr State states[] = {State::fresh, State::changed, State::damaged, State::done};

/// Seconds that timing iterations may take: with --cost, and without it. JSON has costs with it
/// only.
constexpr double long_look = 3.0, short_look = 0.1;

struct Counts {
  std::size_t of[4] = {};
  std::size_t& operator[](State state) { return of[static_cast<int>(state)]; }
};

/// "new 45, done 5"
std::string text_of(Counts counts) {
  std::string text;
  for (const State state : states) {
    if (!counts[state]) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", counts[state], state_name(state));
  }
  return text;
}

/// Two lines: what the suite is, and that its cells share noise or do not.
void print_heading(const Suite& suite) {
  fmt::print("{}\n", suite.title);
  if (!suite.question.empty()) fmt::print("{}\n", suite.question);
  fmt::print("seed {}, {} replicates, {} noise\n\n", suite.seed, suite.replicates,
             suite.common_noise ? "common" : "independent");
}

/// One line per cell: stage, cell, its tasks by state.
void print_cells(const Suite& suite, const Plan& plan) {
  std::size_t stage_width = 5, cell_width = 4;
  for (const Stage& stage : suite.stages) {
    stage_width = std::max(stage_width, stage.name.size());
    for (const Cell& cell : stage.cells) cell_width = std::max(cell_width, cell.name.size());
  }
  fmt::print("{:<{}}  {:<{}}  tasks\n", "stage", stage_width, "cell", cell_width);
  for (const PlannedStage& planned : plan.stages) {
    const Stage& stage = suite.stages[planned.stage];
    std::vector<Counts> counts(stage.cells.size());
    for (std::size_t i = planned.first; i < planned.first + planned.count; ++i)
      ++counts[plan.tasks[i].cell][plan.tasks[i].state];
    for (std::size_t c = 0; c < counts.size(); ++c)
      fmt::print("{:<{}}  {:<{}}  {}\n", stage.name, stage_width, stage.cells[c].name, cell_width,
                 text_of(counts[c]));
  }
}

/// Tasks whose run file is there and is not theirs: each with the reason. With `all`, every task.
void print_tasks(const Plan& plan, bool all) {
  bool first = true;
  for (const Task& task : plan.tasks) {
    if (!all && (task.state == State::fresh || task.state == State::done)) continue;
    if (first) fmt::print("\n");
    first = false;
    fmt::print("{:<8} {}  {}\n", state_name(task.state), task.file, task.why);
  }
}

/// Nominal cost of a task: [stage][cell].
std::vector<std::vector<double>> costs_of(const Suite& suite) {
  std::vector<std::vector<double>> costs;
  for (const Stage& stage : suite.stages) {
    costs.emplace_back();
    for (const Cell& cell : stage.cells) costs.back().push_back(nominal_cost(cell.configuration));
  }
  return costs;
}

/// "1.2e+06 environment steps, about 35 s of one worker (3 finished runs)"
std::string text_of(const CostEstimate& cost) {
  const std::string steps = fmt::format("{:.3g} environment steps", cost.steps);
  if (!cost.seconds) return fmt::format("{}, seconds unknown: {}", steps, cost.basis);
  return fmt::format("{}, about {:.2g} s of one worker ({})", steps, *cost.seconds, cost.basis);
}

nlohmann::ordered_json json_of(const CostEstimate& cost) {
  nlohmann::ordered_json json{{"steps", cost.steps}, {"seconds", nullptr}, {"basis", cost.basis}};
  if (cost.seconds) json["seconds"] = *cost.seconds;
  return json;
}

void print_json(const Suite& suite, const Plan& plan, const std::string& output,
                const std::optional<CostEstimate>& cost) {
  nlohmann::ordered_json json = {{"suite", suite.name},
                                 {"title", suite.title},
                                 {"seed", suite.seed},
                                 {"replicates", suite.replicates},
                                 {"pairing", suite.common_noise ? "common" : "independent"},
                                 {"output", output}};
  if (cost) json["cost"] = json_of(*cost);
  for (const PlannedStage& planned : plan.stages) {
    const Stage& stage = suite.stages[planned.stage];
    nlohmann::ordered_json axes = nlohmann::ordered_json::object();
    for (const Axis& axis : stage.axes) axes[axis.name] = axis.labels;
    json["stages"].push_back({{"name", stage.name},
                              {"kind", stage_kind_name(stage.kind)},
                              {"after", stage.after},
                              {"axes", axes},
                              {"cells", stage.cells.size()},
                              {"tasks", planned.count}});
  }
  json["tasks"] = nlohmann::ordered_json::array();
  const auto costs = costs_of(suite);
  for (const Task& task : plan.tasks)
    json["tasks"].push_back({{"stage", suite.stages[task.stage].name},
                             {"cell", suite.stages[task.stage].cells[task.cell].name},
                             {"cost", costs[task.stage][task.cell]},
                             {"replicate", task.replicate},
                             {"state", state_name(task.state)},
                             {"why", task.why},
                             {"file", task.file},
                             {"id", task.id}});
  fmt::print("{}\n", json.dump(2));
}

int run_plan(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const Registry registry(arguments.plugin_path());
  const Suite suite = read_suite(arguments.operand(0), arguments.values("set"), registry);
  const std::filesystem::path output = arguments.output(suite.name);
  const Plan plan = plan_below(suite, output);
  if (arguments.has("dot")) {
    fmt::print("{}", to_dot(suite, plan));
  } else if (arguments.has("json")) {
    print_json(suite, plan, output.string(),
               arguments.has("cost") ? std::optional(estimate_cost(suite, plan, output, long_look))
                                     : std::nullopt);
  } else {
    Counts counts;
    for (const Task& task : plan.tasks) ++counts[task.state];
    print_heading(suite);
    print_cells(suite, plan);
    print_tasks(plan, arguments.has("tasks"));
    if (plan.count(State::done) < plan.tasks.size())
      fmt::print("\nto do: {}\n",
                 text_of(estimate_cost(suite, plan, output,
                                       arguments.has("cost") ? long_look : short_look)));
    fmt::print("\n{} tasks: {}; results in {}\n", plan.tasks.size(), text_of(counts),
               output.string());
  }
  return 0;
}

}  // namespace

extern const Verb plan_verb;
const Verb plan_verb = {"plan",
                        "SUITE",
                        "Check a suite and show every task, its state and why",
                        {{"dot", "", "The graph of stages and cells, for Graphviz"},
                         {"tasks", "", "One line for every task"},
                         {"cost", "", "Time iterations for seconds, not for a tenth of one"}},
                        run_plan,
                        takes_set | takes_output | takes_plugins | takes_json};

}  // namespace seedbed
