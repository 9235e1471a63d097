#include "laws/policy.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/call.hpp"

namespace seedbed::contract {
namespace {

Situation situation(const PolicyTrial& trial, Source& source) {
  const seedbed_policy_info info = describe_policy(trial.policy);
  const seedbed_space& space = *trial.context.observation;
  Situation all{std::vector<std::int64_t>(two_blocks), source.normals(space.size, two_blocks),
                source.uniforms(info.uniforms, two_blocks),
                source.normals(info.normals, two_blocks)};
  for (std::size_t j = 0; j < two_blocks; ++j) {
    all.t[j] = static_cast<std::int64_t>(j % trial.context.horizon);
    for (std::size_t i = 0; i < space.size; ++i) {
      double& o = all.observation(i, j);
      if (space.kind == SEEDBED_DISCRETE)
        o = std::floor(source.uniform() * static_cast<double>(space.count));
      else
        o = std::clamp(o, space.low[i], space.high[i]);
    }
  }
  return all;
}

}  // namespace

Situation ordinary_situation(const PolicyTrial& trial) {
  Source source(trial.seed);
  return situation(trial, source);
}

Situation nasty_situation(const PolicyTrial& trial) {
  Source source(trial.seed + 1);
  Situation all = situation(trial, source);
  const seedbed_space& space = *trial.context.observation;
  constexpr double scale[] = {0.0, 1e-300, 1e-9, 1e6};
  for (std::size_t i = 0; i < space.size && space.kind == SEEDBED_BOX; ++i)
    for (std::size_t j = 0; j < two_blocks; ++j) {
      double& o = all.observation(i, j);
      if (j % 8 < 4) o = std::clamp(o * scale[j % 4], space.low[i], space.high[i]);
      if (j % 8 == 4 && std::isfinite(space.low[i])) o = space.low[i];
      if (j % 8 == 5 && std::isfinite(space.high[i])) o = space.high[i];
    }
  return all;
}

Theta theta_of(const PolicyTrial& trial, double scale) {
  const Instance& policy = trial.policy;
  const seedbed_policy_info info = describe_policy(policy);
  Source source(trial.seed + 2);
  const Block uniform = source.uniforms(1, info.init_uniforms);
  const Block normal = source.normals(1, info.init_normals);
  Block theta(1, info.parameters, NAN);
  const Block uniform_before = uniform, normal_before = normal;
  call(policy, "init", [&](seedbed_message* message) {
    return policy.functions<seedbed_policy>().init(policy.self(), uniform.row(0), normal.row(0),
                                                   theta.row(0), message);
  });
  demand(uniform.same_bits(uniform_before) && normal.same_bits(normal_before),
         "inputs are not written", "init wrote its noise");
  demand(theta.guarded(), "nothing beyond the outputs is written", "init did");
  for (std::size_t i = 0; i < info.parameters; ++i) theta(0, i) += scale * source.normal();
  return {theta.row(0), theta.row(0) + info.parameters};
}

Acted columns(const Acted& all, const std::vector<std::size_t>& which) {
  Acted chosen{
      {}, all.observation.columns(which), all.action.columns(which), all.log_prob.columns(which)};
  for (const std::size_t j : which) chosen.t.push_back(all.t[j]);
  return chosen;
}

Situation columns(const Situation& all, const std::vector<std::size_t>& which) {
  Situation chosen{
      {}, all.observation.columns(which), all.uniform.columns(which), all.normal.columns(which)};
  for (const std::size_t j : which) chosen.t.push_back(all.t[j]);
  return chosen;
}

seedbed_policy_info describe_policy(const Instance& policy) {
  seedbed_policy_info info{};
  policy.functions<seedbed_policy>().describe(policy.self(), &info);
  return info;
}

Acted act(const PolicyTrial& trial, const Theta& theta, const Situation& s, double contents) {
  return act(trial.policy, trial.context.action->size, theta, s, contents);
}

Acted act(const Callee& callee, std::size_t actions, const Theta& theta, const Situation& s,
          double contents) {
  Acted acted{s.t, s.observation, Block(actions, s.t.size(), NAN), Block(1, s.t.size(), NAN)};
  const Situation before = s;
  const Theta theta_before = theta;
  Scrambled scratch(contents);
  call(callee.policy, "act", [&](seedbed_message* message) {
    return callee.functions.act(callee.self, theta.data(), s.t.size(), s.t.data(), s.observation,
                                s.uniform, s.normal, acted.action, acted.log_prob.row(0),
                                scratch.fresh(), message);
  });
  demand(s.observation.same_bits(before.observation) && s.uniform.same_bits(before.uniform) &&
             s.normal.same_bits(before.normal) && s.t == before.t && theta == theta_before,
         "inputs are not written", "act wrote one");
  demand(acted.action.guarded() && acted.log_prob.guarded(),
         "nothing beyond the outputs is written", "act did");
  return acted;
}

std::vector<double> log_prob(const Callee& callee, const Theta& theta, const Acted& acted) {
  Block out(1, acted.t.size(), NAN);
  const Acted before = acted;
  const Theta theta_before = theta;
  Scrambled scratch;
  call(callee.policy, "log_prob", [&](seedbed_message* message) {
    return callee.functions.log_prob(callee.self, theta.data(), acted.t.size(), acted.t.data(),
                                     acted.observation, acted.action, out.row(0), scratch.fresh(),
                                     message);
  });
  demand(acted.observation.same_bits(before.observation) && acted.action.same_bits(before.action) &&
             acted.t == before.t && theta == theta_before,
         "inputs are not written", "log_prob wrote one");
  demand(out.guarded(), "nothing beyond the outputs is written", "log_prob did");
  return {out.row(0), out.row(0) + acted.t.size()};
}

std::vector<double> score(const Callee& callee, const Theta& theta, const Acted& acted,
                          const Block& weights, const Runs& runs) {
  const std::size_t size = weights.rows() * runs.begin.size() * theta.size();
  Block G(1, size, NAN);
  const Block before = weights;
  const Acted acted_before = acted;
  const Theta theta_before = theta;
  const seedbed_segments segments{runs.begin.size(), runs.begin.data(), runs.length.data()};
  Scrambled scratch;
  call(callee.policy, "score", [&](seedbed_message* message) {
    return callee.functions.score(callee.self, theta.data(), acted.t.size(), acted.t.data(),
                                  acted.observation, acted.action, weights.rows(), weights,
                                  &segments, G.row(0), scratch.fresh(), message);
  });
  demand(weights.same_bits(before) && acted.observation.same_bits(acted_before.observation) &&
             acted.action.same_bits(acted_before.action) && theta == theta_before,
         "inputs are not written", "score wrote one");
  demand(G.guarded(), "nothing beyond the outputs is written", "score did");
  return {G.row(0), G.row(0) + size};
}

std::vector<double> single_scores(const Instance& policy, const Theta& theta, const Acted& acted) {
  const std::size_t count = acted.t.size();
  Runs runs{std::vector<std::uint64_t>(count), std::vector<std::uint64_t>(count, 1)};
  std::iota(runs.begin.begin(), runs.begin.end(), std::uint64_t{0});
  return score(policy, theta, acted, Block(1, count, 1.0), runs);
}

}  // namespace seedbed::contract
