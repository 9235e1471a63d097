#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <seedbed/error.hpp>
#include <set>

#include "cli/arguments.hpp"
#include "cli/ladder_json.hpp"
#include "cli/source_table.hpp"
#include "engine/sampler.hpp"
#include "runner/replicate.hpp"
#include "suite/canonical.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;

/// One problem of a suite: the first cell that has it, and what the oracle says of it.
struct Answer {
  std::string stage, cell;
  const Configuration& configuration;
  std::vector<std::string> parameters;
  std::vector<double> theta;
  VarianceLadder ladder;
  Spectrum fisher;
};

/// What decides the answer: cells that differ in estimators or optimizers have one.
std::string key_of(const Configuration& c) {
  std::string key = canonical(c.environment) + canonical(c.policy) +
                    fmt::format("{} {}", c.objective.horizon, c.objective.discount);
  for (const double theta : c.theta) key += " " + canonical(theta);
  return key;
}

Answer answer(const Suite& suite, std::size_t stage, std::size_t cell) {
  const Replicate first{suite, stage, cell, 0, "", {}, {}, noise_key(suite, stage, cell, 0), {}};
  const Configuration& c = first.cell_of().configuration;
  const DecisionProblem problem(c);
  const std::vector<double> theta = initial_theta(problem, c.theta, noise_of(first));
  Arena arena;
  auto ladder = variance_ladder(problem, theta, arena);
  if (!ladder)
    throw Error(fmt::format(
        "seedbed oracle: expected a tabular environment with a policy that lists its actions, or a "
        "linear-quadratic one with a linear-Gaussian policy, got {} with {} (cell '{}')",
        problem.environment().plugin().title(), problem.policy().plugin().title(),
        first.cell_of().name));
  const Spectrum fisher = spectrum(ladder->reinforce.F);
  return {first.stage_of().name,
          first.cell_of().name,
          c,
          parameter_names(problem.policy_info()),
          theta,
          std::move(*ladder),
          fisher};
}

double square(const std::vector<double>& x) {
  double sum = 0.0;
  for (const double entry : x) sum += entry * entry;
  return sum;
}

/// x / y, or "-" where y = 0.
std::string ratio(double x, double y) {
  return y > 0.0 ? fmt::format("{:.4g}", x / y) : "-";
}

/// "theta[0,1] = 0.5, ...": at most 4 of them.
std::string text(const std::vector<std::string>& names, const std::vector<double>& x) {
  std::string result;
  for (std::size_t j = 0; j < std::min<std::size_t>(x.size(), 4); ++j)
    result += fmt::format("{}{} = {:.10g}", j ? ", " : "", names[j], x[j]);
  return x.size() > 4 ? result + fmt::format(", ... ({} in all)", x.size()) : result;
}

/// "3 of 4, eigenvalues 0.5 to 0.02": those that are not 0.
std::string text(const Spectrum& fisher) {
  const std::size_t rank = fisher.rank();
  std::string result = fmt::format("{} of {}", rank, fisher.value.size());
  if (rank == 0) return result;
  return result + fmt::format(", eigenvalues {:.6g} to {:.6g}", fisher.value.front(),
                              fisher.value[rank - 1]);
}

void print_rungs(const VarianceLadder& ladder) {
  const std::vector<double>& gradient = ladder.reinforce.gradient;
  const double signal = square(gradient), first = ladder.rungs[0].moments.trace();
  std::size_t width = 9;
  for (const Rung& rung : ladder.rungs) width = std::max(width, rung.name.size());
  fmt::print("{:<{}}  {:>11}  {:>9}  {:>4}  {:>9}  {:>10}\n", "estimator", width, "tr Var(g)",
             "bias", "cost", "ratio", "per |gJ|^2");
  for (const Rung& rung : ladder.rungs) {
    const double cost = static_cast<double>(rung.trajectories);
    const double variance = rung.moments.trace();
    fmt::print("{:<{}}  {:>11.6g}  {:>9}  {:>4}  {:>9}  {:>10}\n", rung.name, width, variance,
               rung.unbiased ? "-" : fmt::format("{:.3g}", rung.bias_norm(gradient)),
               rung.trajectories, ratio(cost * variance, first), ratio(cost * variance, signal));
  }
}

void print(const Answer& a) {
  const ReinforceMoments& moments = a.ladder.reinforce;
  fmt::print("{}, {}: {}, {}, horizon {}, discount {}\n", a.stage, a.cell,
             a.configuration.environment.plugin->title(), a.configuration.policy.plugin->title(),
             a.configuration.objective.horizon, a.configuration.objective.discount);
  fmt::print("theta     {}\n", text(a.parameters, a.theta));
  fmt::print("J         {:.12g}\n", moments.J);
  fmt::print("grad J    {}\n", text(a.parameters, moments.gradient));
  fmt::print("|grad J|  {:.10g}\n", std::sqrt(square(moments.gradient)));
  fmt::print("tr F      {:.10g}\n", trace(moments.F));
  fmt::print("rank F    {}\n", text(a.fisher));
  fmt::print("best b    {:.10g}\n\n", moments.best_baseline());
  print_rungs(a.ladder);
}

Json json_of(const Answer& a) {
  Json json = {{"stage", a.stage},
               {"cell", a.cell},
               {"horizon", a.configuration.objective.horizon},
               {"discount", a.configuration.objective.discount},
               {"parameters", a.parameters},
               {"theta", a.theta}};
  json.update(json_of(a.ladder, a.fisher));
  return json;
}

int run_oracle(const Arguments& arguments) {
  arguments.expect_operands(1, 1);
  const Registry registry(arguments.plugin_path());
  const Suite suite = read_suite(arguments.operand(0), arguments.values("set"), registry);
  std::set<std::string> seen;
  Json json = Json::array();
  for (std::size_t stage = 0; stage < suite.stages.size(); ++stage)
    for (std::size_t cell = 0; cell < suite.stages[stage].cells.size(); ++cell) {
      const Configuration& c = suite.stages[stage].cells[cell].configuration;
      if (c.theta_from) continue;  // nobody knows that theta before the suite is run
      if (!seen.insert(key_of(c)).second) continue;
      const Answer found = answer(suite, stage, cell);
      if (arguments.has("json")) {
        json.push_back(json_of(found));
        if (arguments.has("sources"))
          json.back()["sources"] = json_of_sources(found.configuration, found.theta);
        continue;
      }
      if (seen.size() > 1) fmt::print("\n");
      print(found);
      if (arguments.has("sources")) print_sources(found.configuration, found.theta);
    }
  if (arguments.has("json")) {
    fmt::print("{}\n", rows_of(json));
  } else {
    fmt::print(
        "\nVariances are of one contribution, exact; the mean of N has 1/N of it. bias: |E g - "
        "grad J|.\ncost: trajectories that a contribution takes. ratio: variance times cost, "
        "against the first.\nper |gJ|^2: how many trajectories make the noise as large as the "
        "gradient.\n");
  }
  return 0;
}

}  // namespace

extern const Verb oracle_verb;
const Verb oracle_verb = {"oracle",
                          "SUITE",
                          "Print J, its gradient and the exact variance of estimators",
                          {{"sources", "", "also the split of the variance by source and time"}},
                          run_oracle,
                          takes_set | takes_plugins | takes_json};

}  // namespace seedbed
