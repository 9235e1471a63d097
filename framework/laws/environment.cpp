#include "laws/environment.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "engine/call.hpp"

namespace seedbed::contract {
namespace {

constexpr std::size_t n = 2 * SEEDBED_LANES;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

bool same(const Lanes& a, const Lanes& b) {
  return a.state.same_bits(b.state) && a.observation.same_bits(b.observation) &&
         a.reward.same_bits(b.reward) && a.terminated.same_bits(b.terminated);
}

Lanes columns(const Lanes& all, const std::vector<std::size_t>& which) {
  return {all.state.columns(which), all.observation.columns(which), all.reward.columns(which),
          all.terminated.columns(which)};
}

Inputs columns(const Inputs& all, const std::vector<std::size_t>& which) {
  return {all.action.columns(which), all.uniform.columns(which), all.normal.columns(which)};
}

/// Random actions; of a box, some outside.
Inputs inputs(const seedbed_environment_info& info, Source& source) {
  Block action = source.normals(info.action->size, n);
  for (std::size_t i = 0; i < action.rows(); ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (info.action->kind == SEEDBED_DISCRETE)
        action(i, j) = std::floor(source.uniform() * static_cast<double>(info.action->count));
      else if (std::isfinite(info.action->high[i]))
        action(i, j) *= info.action->high[i];
    }
  return {action, source.uniforms(info.step_uniforms, n), source.normals(info.step_normals, n)};
}

void check_observation(const seedbed_space& space, const Block& observation, std::size_t j) {
  for (std::size_t i = 0; i < space.size; ++i) {
    const double x = observation(i, j);
    const std::string what = std::to_string(x) + " in observation " + std::to_string(i);
    demand(std::isfinite(x), "outputs are finite", "got " + what);
    demand(x >= space.low[i] && x <= space.high[i], "observations are within bounds",
           "got " + what);
    demand(space.kind == SEEDBED_BOX || x == std::floor(x), "discrete observations are whole",
           "got " + what);
  }
}

void check_outputs(const seedbed_environment_info& info, const Lanes& after) {
  for (std::size_t j = 0; j < after.state.size(); ++j) {
    const double end = after.terminated(0, j);
    demand(end == 0.0 || end == 1.0, "terminated is 0 or 1", "got " + std::to_string(end));
    check_observation(*info.observation, after.observation, j);
    for (std::size_t i = 0; i < info.state_size; ++i)
      demand(std::isfinite(after.state(i, j)), "outputs are finite", "got a state that is not");
    demand(std::isfinite(after.reward(0, j)), "outputs are finite", "got a reward that is not");
  }
}

/// What one step must not depend on.
void check_purity(const Instance& e, const Block& state, const Inputs& in, const Lanes& after,
                  Source& source) {
  demand(same(step(e, state, in), after), "same inputs give the same bits",
         "a second call differs");
  const std::vector<std::size_t> order = source.permutation(n);
  demand(same(step(e, state.columns(order), columns(in, order)), columns(after, order)),
         "permuted lanes give the same bits", "the lanes differ");
  for (const std::size_t first : {std::size_t{0}, n / 2}) {
    std::vector<std::size_t> half(n / 2);
    std::iota(half.begin(), half.end(), first);
    demand(same(step(e, state.columns(half), columns(in, half)), columns(after, half)),
           "a batch that is split gives the same bits", "the lanes differ");
  }
  Block spoilt = state;
  Inputs spoilt_in = in;
  std::vector<std::size_t> even;
  for (std::size_t j = 0; j < n; ++j) {
    if (j % 2 == 0) even.push_back(j);
    for (std::size_t i = 0; j % 2 == 1 && i < state.rows(); ++i) spoilt(i, j) = nan;
    for (std::size_t i = 0; j % 2 == 1 && i < in.action.rows(); ++i) spoilt_in.action(i, j) = 1e300;
  }
  demand(same(columns(step(e, spoilt, spoilt_in), even), columns(after, even)),
         "a lane that ended does not disturb the others", "the lanes differ");
}

struct Walked {
  std::vector<Block> state;
  std::vector<Inputs> in;
  std::vector<Lanes> after;
};

Walked walk(const Instance& e, std::size_t steps, std::uint64_t seed) {
  const seedbed_environment_info info = describe_environment(e);
  Source source(seed);
  Walked walked;
  const auto start = [&] {
    return reset(e, source.uniforms(info.reset_uniforms, n), source.normals(info.reset_normals, n));
  };
  Lanes lanes = start();
  check_outputs(info, lanes);
  for (std::size_t t = 0; t < steps; ++t) {
    walked.state.push_back(lanes.state);
    walked.in.push_back(inputs(info, source));
    lanes = step(e, lanes.state, walked.in.back());
    check_outputs(info, lanes);
    walked.after.push_back(lanes);
    const Lanes fresh = start();
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t i = 0; lanes.terminated(0, j) != 0.0 && i < info.state_size; ++i)
        lanes.state(i, j) = fresh.state(i, j);
  }
  return walked;
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

}  // namespace

seedbed_environment_info describe_environment(const Instance& environment) {
  seedbed_environment_info info{};
  environment.functions<seedbed_environment>().describe(environment.self(), &info);
  return info;
}

Lanes reset(const Instance& e, const Block& uniform, const Block& normal) {
  const seedbed_environment_info info = describe_environment(e);
  const std::size_t count = std::max(uniform.size(), normal.size());
  Lanes out{Block(info.state_size, count, nan), Block(info.observation->size, count, nan),
            Block(1, count), Block(1, count)};
  const Block uniform_before = uniform, normal_before = normal;
  Scrambled scratch;
  call(e, "reset", [&](seedbed_message* message) {
    return e.functions<seedbed_environment>().reset(e.self(), count, uniform, normal, out.state,
                                                    out.observation, scratch.fresh(), message);
  });
  demand(uniform.same_bits(uniform_before) && normal.same_bits(normal_before),
         "inputs are not written", "reset wrote its noise");
  demand(out.state.guarded() && out.observation.guarded(), "nothing beyond the outputs is written",
         "reset did");
  return out;
}

Lanes step(const Instance& e, const Block& state, const Inputs& inputs) {
  const seedbed_environment_info info = describe_environment(e);
  const std::size_t count = inputs.action.size();
  Lanes out{state, Block(info.observation->size, count, nan), Block(1, count, nan),
            Block(1, count, nan)};
  const Inputs before = inputs;
  Scrambled scratch;
  call(e, "step", [&](seedbed_message* message) {
    return e.functions<seedbed_environment>().step(
        e.self(), count, inputs.action, inputs.uniform, inputs.normal, out.state, out.observation,
        out.reward.row(0), out.terminated.row(0), scratch.fresh(), message);
  });
  demand(inputs.action.same_bits(before.action) && inputs.uniform.same_bits(before.uniform) &&
             inputs.normal.same_bits(before.normal),
         "inputs are not written", "step wrote one");
  demand(out.state.guarded() && out.observation.guarded() && out.reward.guarded() &&
             out.terminated.guarded(),
         "nothing beyond the outputs is written", "step did");
  return out;
}

void environment_laws(const Instance& e, std::size_t steps) {
  const seedbed_environment_info info = describe_environment(e);
  check_space(info.observation);
  check_space(info.action);
  const Walked walked = walk(e, steps, 1);
  Source source(2);
  for (std::size_t t = steps; t-- > 0;)  // backwards: a state that is put back
    check_purity(e, walked.state[t], walked.in[t], walked.after[t], source);
  Walked other[2];
  std::string failure[2];
  const auto again = [&](std::size_t i) {
    try {
      other[i] = walk(e, steps, 1);
    } catch (const std::exception& error) {
      failure[i] = error.what();
    }
  };
  std::thread first(again, 0), second(again, 1);
  first.join();
  second.join();
  for (std::size_t i = 0; i < 2; ++i) {
    demand(failure[i].empty(), "two threads give the same bits", failure[i]);
    for (std::size_t t = 0; t < steps; ++t)
      demand(same(other[i].after[t], walked.after[t]), "two threads give the same bits",
             "step " + std::to_string(t) + " differs");
  }
}

}  // namespace seedbed::contract
