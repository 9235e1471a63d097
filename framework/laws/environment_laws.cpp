#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "laws/environment.hpp"
#include "laws/threads.hpp"
#include "loader/registry.hpp"
#include "loader/sha256.hpp"

namespace seedbed::contract {
namespace {

std::string inputs_text(const Walked& w, std::size_t t, std::size_t j) {
  return fmt::format(" (step {} of the walk, lane {}:{}{}{}{})", t, j,
                     column_text("state", w.state[t], j), column_text("action", w.in[t].action, j),
                     column_text("uniform", w.in[t].uniform, j),
                     column_text("normal", w.in[t].normal, j));
}

void demand_same(const Lanes& expected, const Lanes& got, const char* law) {
  demand_same(expected.state, got.state, law, "state after step");
  demand_same(expected.observation, got.observation, law, "observation of step");
  demand_same(expected.reward, got.reward, law, "reward of step");
  demand_same(expected.terminated, got.terminated, law, "terminated of step");
}

Lanes columns(const Lanes& all, const std::vector<std::size_t>& which) {
  return {all.state.columns(which), all.observation.columns(which), all.reward.columns(which),
          all.terminated.columns(which)};
}
Inputs columns(const Inputs& all, const std::vector<std::size_t>& which) {
  return {all.action.columns(which), all.uniform.columns(which), all.normal.columns(which)};
}

void check_space(const seedbed_space* space) {
  demand(space && space->size >= 1, "spaces have a size", "got none");
  demand(space->kind == SEEDBED_BOX || (space->size == 1 && space->count >= 1),
         "a discrete space is one number with values", "got another");
  for (std::size_t i = 0; i < space->size; ++i) {
    demand(space->names[i] && *space->names[i], "coordinates have names", "got none");
    demand(space->units[i] && space->low[i] <= space->high[i], "bounds are in order",
           "got another");
  }
}

void declared(const EnvironmentTrial& trial) {
  const seedbed_environment_info info = describe_environment(trial.environment);
  check_space(info.observation);
  check_space(info.action);
}

/// body(lanes, where) after reset and after every step.
template <class Body>
void on_walk(const EnvironmentTrial& trial, Body&& body) {
  const Walked w = walk(trial);
  for (std::size_t j = 0; j < w.first.state.size(); ++j)
    body(w.first, j, [&] { return fmt::format(" after reset, lane {}", j); });
  for (std::size_t t = 0; t < trial.steps; ++t)
    for (std::size_t j = 0; j < w.after[t].state.size(); ++j)
      body(w.after[t], j, [&] { return inputs_text(w, t, j); });
}

void finite(const EnvironmentTrial& trial) {
  on_walk(trial, [](const Lanes& lanes, std::size_t j, auto&& where) {
    const auto look = [&](const Block& block, const char* what) {
      for (std::size_t i = 0; i < block.rows(); ++i)
        if (!std::isfinite(block(i, j)))
          demand(false, "outputs are finite",
                 fmt::format("got {} in {} {}{}", block(i, j), what, i, where()));
    };
    look(lanes.state, "state");
    look(lanes.observation, "observation");
    look(lanes.reward, "reward");
  });
}

void within_bounds(const EnvironmentTrial& trial) {
  const seedbed_space& space = *describe_environment(trial.environment).observation;
  on_walk(trial, [&](const Lanes& lanes, std::size_t j, auto&& where) {
    for (std::size_t i = 0; i < space.size; ++i) {
      const double x = lanes.observation(i, j);
      if (!(x >= space.low[i] && x <= space.high[i]))
        demand(false, "observations are within bounds",
               fmt::format("observation {}: expected {} to {}, got {}{}", i, space.low[i],
                           space.high[i], x, where()));
      if (space.kind == SEEDBED_DISCRETE && x != std::floor(x))
        demand(false, "discrete observations are whole", fmt::format("got {}{}", x, where()));
    }
  });
}

void ends(const EnvironmentTrial& trial) {
  on_walk(trial, [](const Lanes& lanes, std::size_t j, auto&& where) {
    const double end = lanes.terminated(0, j);
    if (end != 0.0 && end != 1.0)
      demand(false, "terminated is 0 or 1", fmt::format("got {}{}", end, where()));
  });
}

void writes_outputs_only(const EnvironmentTrial& trial) {
  walk(trial);  // the calls look
}

/// law(walked, t) for every step, the last first: so states are put back, too.
template <class Body>
void on_steps(const EnvironmentTrial& trial, Body&& body) {
  const Walked w = walk(trial);
  for (std::size_t t = trial.steps; t-- > 0;) body(w, t);
}

void same_inputs(const EnvironmentTrial& trial) {
  on_steps(trial, [&](const Walked& w, std::size_t t) {
    const Lanes again = step(trial.environment, w.state[t], w.in[t]);
    demand_same(again, step(trial.environment, w.state[t], w.in[t]),
                "same inputs give the same bits");
  });
}

void state_restores(const EnvironmentTrial& trial) {
  on_steps(trial, [&](const Walked& w, std::size_t t) {
    demand_same(w.after[t], step(trial.environment, w.state[t], w.in[t]),
                "same inputs give the same bits from a state that is put back");
  });
}

void permuted(const EnvironmentTrial& trial) {
  Source source(trial.seed + 1);
  on_steps(trial, [&](const Walked& w, std::size_t t) {
    const std::vector<std::size_t> order = source.permutation(w.state[t].size());
    demand_same(columns(w.after[t], order),
                step(trial.environment, w.state[t].columns(order), columns(w.in[t], order)),
                "permuted lanes give the same bits");
  });
}

void split(const EnvironmentTrial& trial) {
  on_steps(trial, [&](const Walked& w, std::size_t t) {
    for (const std::vector<std::size_t>& run : runs_of_columns(w.state[t].size()))
      demand_same(columns(w.after[t], run),
                  step(trial.environment, w.state[t].columns(run), columns(w.in[t], run)),
                  "a batch that is split gives the same bits");
  });
}

void scratch(const EnvironmentTrial& trial) {
  on_steps(trial, [&](const Walked& w, std::size_t t) {
    demand_same(w.after[t], step(trial.environment, w.state[t], w.in[t], 1e300),
                "other scratch memory gives the same bits");
  });
}

void ended_lanes(const EnvironmentTrial& trial) {
  on_steps(trial, [&](const Walked& w, std::size_t t) {
    Block state = w.state[t];
    Inputs in = w.in[t];
    std::vector<std::size_t> even;
    for (std::size_t j = 0; j < state.size(); ++j) {
      if (j % 2 == 0) even.push_back(j);
      for (std::size_t i = 0; j % 2 == 1 && i < state.rows(); ++i) state(i, j) = nan;
      for (std::size_t i = 0; j % 2 == 1 && i < in.action.rows(); ++i) in.action(i, j) = 1e300;
    }
    demand_same(columns(w.after[t], even), columns(step(trial.environment, state, in), even),
                "a lane that ended does not disturb the others");
  });
}

void threads(const EnvironmentTrial& trial) {
  const Walked alone = walk(trial);
  in_two_threads([&](std::size_t) {
    const Walked other = walk(trial);
    for (std::size_t t = 0; t < trial.steps; ++t)
      demand_same(alone.after[t], other.after[t], "two threads give the same bits");
  });
}

}  // namespace

const Laws<EnvironmentTrial>& environment_laws() {
  static const Laws<EnvironmentTrial> laws = {
      {"spaces-are-declared", declared},
      {"only-outputs-are-written", writes_outputs_only},
      {"outputs-are-finite", finite},
      {"observations-are-within-bounds", within_bounds},
      {"terminated-is-0-or-1", ends},
      {"same-inputs-give-the-same-bits", same_inputs},
      {"a-state-that-is-put-back-goes-on-as-it-did", state_restores},
      {"permuted-lanes-give-the-same-bits", permuted},
      {"a-split-batch-gives-the-same-bits", split},
      {"other-scratch-gives-the-same-bits", scratch},
      {"ended-lanes-disturb-no-other", ended_lanes},
      {"two-threads-give-the-same-bits", threads}};
  return laws;
}

Laws<EnvironmentTrial> environment_laws(const Plugin& plugin) {
  Laws<EnvironmentTrial> laws = environment_laws();
  if (plugin.capability(SEEDBED_ENVIRONMENT_TABULAR))
    laws.push_back({"the-tabular-model-agrees-with-sampling",
                    [](const EnvironmentTrial& trial) { tabular_laws(trial.environment); }});
  if (plugin.capability(SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC))
    laws.push_back(
        {"the-linear-quadratic-model-agrees-with-step",
         [](const EnvironmentTrial& trial) { linear_quadratic_laws(trial.environment); }});
  if (plugin.capability(SEEDBED_ENVIRONMENT_REWARD_BOUND))
    laws.push_back({"rewards-are-within-their-bound", reward_bound_law});
  if (plugin.capability(SEEDBED_ENVIRONMENT_DRAWING))
    laws.push_back({"pictures-are-finite-and-pure", drawing_law});
  if (plugin.capability(SEEDBED_ENVIRONMENT_PATHWISE))
    laws.push_back({"pull-back-is-the-central-difference-of-step", environment_pathwise_laws});
  return laws;
}

void environment_laws(const Instance& environment, std::size_t steps) {
  demand_all(environment_laws(), {environment, 1, steps});
}

std::string fingerprint(const EnvironmentTrial& trial) {
  const Walked w = walk(trial);
  std::string bytes;
  for (const Lanes& lanes : w.after)
    for (const Block* block : {&lanes.state, &lanes.observation, &lanes.reward})
      for (std::size_t i = 0; i < block->rows(); ++i)
        bytes.append(reinterpret_cast<const char*>(block->row(i)), block->size() * sizeof(double));
  return sha256(bytes);
}

}  // namespace seedbed::contract
