#include "laws/environment.hpp"

#include <cmath>
#include <limits>

#include "engine/call.hpp"

namespace seedbed::contract {
namespace {

/// Most of ordinary size; every eighth tiny, every eighth large.
double scale(std::size_t j) {
  return j % 8 == 6 ? 1e-300 : j % 8 == 7 ? 1e3 : 1.0;
}

/// Random actions; of a box, some outside.
Inputs inputs(const seedbed_environment_info& info, Source& source) {
  Block action = source.normals(info.action->size, two_blocks);
  for (std::size_t i = 0; i < action.rows(); ++i)
    for (std::size_t j = 0; j < two_blocks; ++j) {
      if (info.action->kind == SEEDBED_DISCRETE)
        action(i, j) = std::floor(source.uniform() * static_cast<double>(info.action->count));
      else
        action(i, j) *= std::isfinite(info.action->high[i]) ? info.action->high[i] : scale(j);
    }
  return {action, source.uniforms(info.step_uniforms, two_blocks),
          source.normals(info.step_normals, two_blocks)};
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

Lanes step(const Instance& e, const Block& state, const Inputs& inputs, double contents) {
  const seedbed_environment_info info = describe_environment(e);
  const std::size_t count = inputs.action.size();
  Lanes out{state, Block(info.observation->size, count, nan), Block(1, count, nan),
            Block(1, count, nan)};
  const Inputs before = inputs;
  Scrambled scratch(contents);
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

Walked walk(const EnvironmentTrial& trial) {
  const Instance& e = trial.environment;
  const seedbed_environment_info info = describe_environment(e);
  Source source(trial.seed);
  const auto start = [&] {
    return reset(e, source.uniforms(info.reset_uniforms, two_blocks),
                 source.normals(info.reset_normals, two_blocks));
  };
  Lanes lanes = start();
  Walked walked{lanes, {}, {}, {}};
  for (std::size_t t = 0; t < trial.steps; ++t) {
    walked.state.push_back(lanes.state);
    walked.in.push_back(inputs(info, source));
    lanes = step(e, lanes.state, walked.in.back());
    walked.after.push_back(lanes);
    const Lanes fresh = start();
    for (std::size_t j = 0; j < two_blocks; ++j)
      for (std::size_t i = 0; lanes.terminated(0, j) != 0.0 && i < info.state_size; ++i)
        lanes.state(i, j) = fresh.state(i, j);
  }
  return walked;
}

}  // namespace seedbed::contract
