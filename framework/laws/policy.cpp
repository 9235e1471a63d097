#include "laws/policy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/call.hpp"
#include "loader/registry.hpp"

namespace seedbed::contract {
namespace {

constexpr std::size_t n = 2 * SEEDBED_LANES;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void finite(const double* data, std::size_t count, const char* what) {
  for (std::size_t i = 0; i < count; ++i)
    demand(std::isfinite(data[i]), "outputs are finite",
           std::string(what) + " gave " + std::to_string(data[i]));
}

Block observations(const seedbed_space& space, Source& source) {
  Block o = source.normals(space.size, n);
  for (std::size_t i = 0; i < space.size; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      if (space.kind == SEEDBED_DISCRETE)
        o(i, j) = std::floor(source.uniform() * static_cast<double>(space.count));
      else
        o(i, j) = std::clamp(o(i, j), space.low[i], space.high[i]);
    }
  return o;
}

Acted act(const Instance& policy, const seedbed_space& space, const Theta& theta,
          const std::vector<std::int64_t>& t, const Block& observation, const Block& uniform,
          const Block& normal) {
  Acted acted{t, observation, Block(space.size, t.size(), nan), Block(1, t.size(), nan)};
  const Block uniform_before = uniform, normal_before = normal;
  Scrambled scratch;
  call(policy, "act", [&](seedbed_message* message) {
    return policy.functions<seedbed_policy>().act(policy.self(), theta.data(), t.size(), t.data(),
                                                  observation, uniform, normal, acted.action,
                                                  acted.log_prob.row(0), scratch.fresh(), message);
  });
  demand(acted.observation.same_bits(observation) && uniform.same_bits(uniform_before) &&
             normal.same_bits(normal_before),
         "inputs are not written", "act wrote one");
  demand(acted.action.guarded() && acted.log_prob.guarded(),
         "nothing beyond the outputs is written", "act did");
  return acted;
}

Acted columns(const Acted& all, const std::vector<std::size_t>& which) {
  Acted chosen{
      {}, all.observation.columns(which), all.action.columns(which), all.log_prob.columns(which)};
  for (const std::size_t j : which) chosen.t.push_back(all.t[j]);
  return chosen;
}

void check_blocks(const seedbed_policy_info& info) {
  std::uint64_t offset = 0;
  for (std::uint64_t i = 0; i < info.block_count; ++i) {
    const seedbed_block& block = info.blocks[i];
    demand(block.offset == offset && block.name && *block.name, "blocks tile theta",
           "block " + std::to_string(i) + " begins elsewhere");
    offset += block.rows * block.columns;
  }
  demand(offset == info.parameters, "blocks tile theta", "they end elsewhere");
}

/// theta_0, twice the same, then moved away from its start.
Theta theta_of(const Instance& policy, const seedbed_policy_info& info, Source& source) {
  const Block uniform = source.uniforms(1, info.init_uniforms);
  const Block normal = source.normals(1, info.init_normals);
  Theta theta[2] = {Theta(info.parameters, nan), Theta(info.parameters, nan)};
  for (Theta& start : theta)
    call(policy, "init", [&](seedbed_message* message) {
      return policy.functions<seedbed_policy>().init(policy.self(), uniform.row(0), normal.row(0),
                                                     start.data(), message);
    });
  finite(theta[0].data(), info.parameters, "init");
  demand(theta[0] == theta[1], "same inputs give the same bits", "init differs");
  for (double& value : theta[0]) value += 0.5 * source.normal();
  return theta[0];
}

void check_actions(const seedbed_space& space, const Acted& acted) {
  for (std::size_t i = 0; i < space.size; ++i)
    for (std::size_t j = 0; j < acted.t.size(); ++j) {
      const double a = acted.action(i, j);
      demand(space.kind == SEEDBED_BOX ||
                 (a == std::floor(a) && a >= 0.0 && a < static_cast<double>(space.count)),
             "actions lie in their space", "got " + std::to_string(a));
      finite(&a, 1, "act");
    }
  finite(acted.log_prob.row(0), acted.t.size(), "act's log pi");
}

void check_log_prob(const Instance& policy, const Theta& theta, const Acted& acted,
                    Source& source) {
  const std::vector<double> log_pi = log_prob(policy, theta, acted);
  for (std::size_t j = 0; j < log_pi.size(); ++j)
    demand(std::abs(log_pi[j] - acted.log_prob(0, j)) <= 1e-12 * (1.0 + std::abs(log_pi[j])),
           "the log pi of act is that of log_prob", "sample " + std::to_string(j));
  for (const std::size_t count : {n, std::size_t{1}, std::size_t{7}, std::size_t{50}}) {
    std::vector<std::size_t> order = source.permutation(n);
    order.resize(count);
    const std::vector<double> some = log_prob(policy, theta, columns(acted, order));
    for (std::size_t j = 0; j < count; ++j)
      demand(some[j] == log_pi[order[j]], "permuted or split samples give the same bits",
             "log_prob of sample " + std::to_string(order[j]) + " differs");
  }
}

}  // namespace

seedbed_policy_info describe_policy(const Instance& policy) {
  seedbed_policy_info info{};
  policy.functions<seedbed_policy>().describe(policy.self(), &info);
  return info;
}

std::vector<double> log_prob(const Instance& policy, const Theta& theta, const Acted& acted) {
  Block out(1, acted.t.size(), nan);
  Scrambled scratch;
  call(policy, "log_prob", [&](seedbed_message* message) {
    return policy.functions<seedbed_policy>().log_prob(
        policy.self(), theta.data(), acted.t.size(), acted.t.data(), acted.observation,
        acted.action, out.row(0), scratch.fresh(), message);
  });
  demand(out.guarded(), "nothing beyond the outputs is written", "log_prob did");
  return {out.row(0), out.row(0) + acted.t.size()};
}

void policy_laws(const Instance& policy, const seedbed_context& context) {
  const seedbed_policy_info info = describe_policy(policy);
  check_blocks(info);
  Source source(5);
  const Theta theta = theta_of(policy, info, source);
  const Block observation = observations(*context.observation, source);
  const Block uniform = source.uniforms(info.uniforms, n), normal = source.normals(info.normals, n);
  std::vector<std::int64_t> t(n);
  for (std::size_t j = 0; j < n; ++j) t[j] = static_cast<std::int64_t>(j % context.horizon);
  const auto act_on = [&](const std::vector<std::size_t>& which) {
    std::vector<std::int64_t> steps;
    for (const std::size_t j : which) steps.push_back(t[j]);
    return act(policy, *context.action, theta, steps, observation.columns(which),
               uniform.columns(which), normal.columns(which));
  };
  std::vector<std::size_t> all(n);
  std::iota(all.begin(), all.end(), std::size_t{0});
  const Acted acted = act_on(all);
  check_actions(*context.action, acted);
  const auto agree = [&](const std::vector<std::size_t>& which, const char* law) {
    const Acted some = act_on(which), expected = columns(acted, which);
    demand(some.action.same_bits(expected.action) && some.log_prob.same_bits(expected.log_prob),
           law, "act differs");
  };
  agree(all, "same inputs give the same bits");
  agree(source.permutation(n), "permuted lanes give the same bits");
  agree({all.begin() + n / 2, all.end()}, "a batch that is split gives the same bits");
  check_log_prob(policy, theta, acted, source);
  score_laws(policy, theta, acted);
  if (policy.plugin().capability(SEEDBED_POLICY_ENUMERATE)) enumeration_laws(policy, theta, acted);
  if (context.action->kind == SEEDBED_BOX && context.action->size == 1)
    density_laws(policy, theta, acted);
}

}  // namespace seedbed::contract
