#include "oracle/noise_tree.hpp"

#include <algorithm>
#include <seedbed/error.hpp>

#include "engine/rollout.hpp"
#include "oracle/noise_jumps.hpp"

namespace seedbed {

struct NoiseTree::Branch {
  double probability;
  std::vector<Walker> walkers;

  bool ended() const {
    return std::ranges::all_of(walkers, [](const Walker& walker) { return walker.ended; });
  }
};

namespace {

std::vector<double> part(const std::vector<double>& all, std::size_t first, std::size_t count) {
  const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
  return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

void append(std::vector<double>& to, const std::vector<double>& numbers) {
  to.insert(to.end(), numbers.begin(), numbers.end());
}

}  // namespace

NoiseTree::NoiseTree(const DecisionProblem& problem, std::uint32_t needs, std::size_t nodes,
                     Arena& arena)
    : problem_(problem), needs_(needs), nodes_(nodes), probe_(problem, arena) {}

BatchShape NoiseTree::shape() const {
  return Rollout(problem_, needs_).shape();
}

bool NoiseTree::has_normals() const {
  const auto& info = problem_.environment_info();
  return info.reset_normals + info.step_normals + problem_.policy_info().normals > 0;
}

NoiseTree::Roll NoiseTree::reset() {
  const auto& info = problem_.environment_info();
  return {
      info.reset_uniforms,
      info.reset_normals,
      (needs_ & SEEDBED_NEEDS_ENVIRONMENT_NOISE) != 0,
      [this](const Player&, const Walker&, const NoiseNodes& nodes) { return probe_.reset(nodes); },
      [](const Player&, const Walker&) { return std::vector<double>{0.0}; },
      [](const Player&, const Walker&) { return std::vector<double>(); },
      [&info](Walker& walker, const NoiseNode& noise, const std::vector<double>& output) {
        walker.state = part(output, 0, info.state_size);
        walker.observation = part(output, info.state_size, info.observation->size);
        walker.reset_noise = noise;
      }};
}

NoiseTree::Roll NoiseTree::act() {
  const auto& info = problem_.policy_info();
  return {info.uniforms,
          info.normals,
          (needs_ & SEEDBED_NEEDS_POLICY_NOISE) != 0,
          [this](const Player& player, const Walker& walker, const NoiseNodes& nodes) {
            return probe_.act(player.theta, static_cast<std::int64_t>(walker.steps),
                              walker.observation, nodes);
          },
          [](const Player& player, const Walker& walker) {
            std::vector<double> key{1.0, static_cast<double>(walker.steps)};
            append(key, player.theta);
            append(key, walker.observation);
            return key;
          },
          [this](const Player& player, const Walker& walker) {
            return probe_.cumulative(player.theta, static_cast<std::int64_t>(walker.steps),
                                     walker.observation);
          },
          [](Walker& walker, const NoiseNode& noise, const std::vector<double>& output) {
            walker.action = part(output, 0, output.size() - 1);
            walker.log_prob = output.back();
            walker.policy_noise = noise;
          }};
}

NoiseTree::Roll NoiseTree::step() {
  const auto& info = problem_.environment_info();
  return {info.step_uniforms,
          info.step_normals,
          (needs_ & SEEDBED_NEEDS_ENVIRONMENT_NOISE) != 0,
          [this](const Player&, const Walker& walker, const NoiseNodes& nodes) {
            return probe_.step(walker.state, walker.action, nodes);
          },
          [](const Player&, const Walker& walker) {
            std::vector<double> key{2.0};
            append(key, walker.state);
            append(key, walker.action);
            return key;
          },
          [](const Player&, const Walker&) { return std::vector<double>(); },
          [&info, this](Walker& walker, const NoiseNode& noise, const std::vector<double>& output) {
            walker.go_on(part(output, 0, info.state_size),
                         part(output, info.state_size, info.observation->size),
                         output[output.size() - 2], noise);
            walker.terminated = output.back() != 0.0;
            walker.ended = walker.terminated || walker.steps == problem_.objective().horizon;
          }};
}

std::optional<NoiseCases> NoiseTree::grow(const std::vector<Player>& players, std::size_t most) {
  const Branch root{1.0, std::vector<Walker>(players.size())};
  std::vector<Branch> growing = grown(root, players, reset()), done;
  while (!growing.empty()) {
    std::vector<Branch> next;
    for (const Branch& branch : growing)
      for (const Branch& acted : grown(branch, players, act()))
        for (Branch& stepped : grown(acted, players, step()))
          (stepped.ended() ? done : next).push_back(std::move(stepped));
    if (next.size() + done.size() > most) return std::nullopt;
    growing = std::move(next);
  }
  return cases(done, players.size());
}

/// The branch with every player's next call made, once for each outcome that can be told apart.
std::vector<NoiseTree::Branch> NoiseTree::grown(const Branch& branch,
                                                const std::vector<Player>& players,
                                                const Roll& roll) {
  const NoiseNodes all = nodes(branch, players, roll);
  NoiseNodes mirrored;
  for (const NoiseNode& node : all) mirrored.push_back(node.mirrored());
  const auto seen = [&](std::size_t p) -> const NoiseNodes& {
    return players[p].transform == SEEDBED_ANTITHETIC ? mirrored : all;
  };
  std::vector<NoiseProbe::Outputs> outputs(players.size());
  for (std::size_t p = 0; p < players.size(); ++p)
    if (!branch.walkers[p].ended) outputs[p] = roll.outputs(players[p], branch.walkers[p], seen(p));
  std::map<std::vector<double>, std::size_t> known;
  std::vector<Branch> children;
  for (std::size_t k = 0; k < all.size(); ++k) {
    std::vector<double> key;
    for (std::size_t p = 0; p < players.size(); ++p)
      if (!branch.walkers[p].ended) append(key, outputs[p][k]);
    if (roll.is_kept) key.push_back(static_cast<double>(k));
    const auto [place, is_new] = known.emplace(std::move(key), children.size());
    if (!is_new) {
      children[place->second].probability += branch.probability * all[k].weight;
      continue;
    }
    children.push_back({branch.probability * all[k].weight, branch.walkers});
    for (std::size_t p = 0; p < players.size(); ++p)
      if (!branch.walkers[p].ended)
        roll.apply(children.back().walkers[p], seen(p)[k], outputs[p][k]);
  }
  return children;
}

NoiseNodes NoiseTree::nodes(const Branch& branch, const std::vector<Player>& players,
                            const Roll& roll) {
  if (roll.uniforms == 0) {
    const auto [place, is_new] = grids_.emplace(roll.normals, NoiseNodes());
    if (is_new) place->second = noise_grid(0, roll.normals, nodes_);
    return place->second;
  }
  if (roll.uniforms > 1 || roll.normals > 0)
    throw Error(problem_.environment().plugin().title() + " with " +
                problem_.policy().plugin().title() +
                ": enumeration: expected at most one uniform number, or normal ones alone, in a "
                "call, got more");
  std::vector<double> all;
  for (std::size_t p = 0; p < players.size(); ++p)
    if (!branch.walkers[p].ended) append(all, jumps(players[p], branch.walkers[p], roll));
  return pieces_between(std::move(all));
}

/// Of what one player makes of the number that all see: known ones are looked up.
const std::vector<double>& NoiseTree::jumps(const Player& player, const Walker& walker,
                                            const Roll& roll) {
  const bool mirrors = player.transform == SEEDBED_ANTITHETIC;
  std::vector<double> key = roll.key(player, walker);
  key.push_back(mirrors ? 1.0 : 0.0);
  const auto [place, is_new] = jumps_.emplace(std::move(key), std::vector<double>());
  if (!is_new) return place->second;
  std::vector<double> likely = roll.likely(player, walker);
  if (mirrors) {
    std::ranges::reverse(likely);
    for (double& jump : likely) jump = 1.0 - jump;
  }
  const auto outputs = [&](const std::vector<double>& u) {
    NoiseNodes at;
    for (const double value : u) at.push_back({1.0, {mirrors ? 1.0 - value : value}, {}});
    return roll.outputs(player, walker, at);
  };
  place->second = jumps_of(outputs, likely);
  return place->second;
}

NoiseCases NoiseTree::cases(const std::vector<Branch>& branches, std::size_t players) const {
  NoiseCases result{Recording(shape()), {}};
  result.episodes.start(branches.size() * players, 1);
  for (std::size_t c = 0; c < branches.size(); ++c) {
    result.probability.push_back(branches[c].probability);
    for (std::size_t p = 0; p < players; ++p)
      branches[c].walkers[p].record(c * players + p, result.episodes);
  }
  return result;
}

}  // namespace seedbed
