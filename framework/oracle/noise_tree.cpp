#include "oracle/noise_tree.hpp"

#include <algorithm>
#include <seedbed/error.hpp>

#include "engine/rollout.hpp"

namespace seedbed {

struct NoiseTree::Walker {
  struct Step {
    std::vector<double> state, observation, action;
    NoiseNode policy_noise, step_noise;
    double log_prob = 0.0, reward = 0.0;
  };
  std::vector<double> state, observation;
  NoiseNode reset_noise;
  std::vector<Step> steps;
  bool ended = false, terminated = false;
};

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
  return {info.reset_uniforms, info.reset_normals,
          (needs_ & SEEDBED_NEEDS_ENVIRONMENT_NOISE) != 0,
          [this](const Player&, const Walker&, const NoiseNodes& nodes) {
            return probe_.reset(nodes);
          },
          [](const Player&, const Walker&) { return std::vector<double>{0.0}; },
          [&info](Walker& walker, const NoiseNode& noise, const std::vector<double>& output) {
            walker.state = part(output, 0, info.state_size);
            walker.observation = part(output, info.state_size, info.observation->size);
            walker.reset_noise = noise;
          }};
}

NoiseTree::Roll NoiseTree::act() {
  const auto& info = problem_.policy_info();
  return {info.uniforms, info.normals, (needs_ & SEEDBED_NEEDS_POLICY_NOISE) != 0,
          [this](const Player& player, const Walker& walker, const NoiseNodes& nodes) {
            return probe_.act(player.theta, static_cast<std::int64_t>(walker.steps.size()),
                              walker.observation, nodes);
          },
          [](const Player& player, const Walker& walker) {
            std::vector<double> key{1.0, static_cast<double>(walker.steps.size())};
            append(key, player.theta);
            append(key, walker.observation);
            return key;
          },
          [](Walker& walker, const NoiseNode& noise, const std::vector<double>& output) {
            walker.steps.push_back({walker.state, walker.observation,
                                    part(output, 0, output.size() - 1), noise, {}, output.back(),
                                    0.0});
          }};
}

NoiseTree::Roll NoiseTree::step() {
  const auto& info = problem_.environment_info();
  return {info.step_uniforms, info.step_normals,
          (needs_ & SEEDBED_NEEDS_ENVIRONMENT_NOISE) != 0,
          [this](const Player&, const Walker& walker, const NoiseNodes& nodes) {
            return probe_.step(walker.state, walker.steps.back().action, nodes);
          },
          [](const Player&, const Walker& walker) {
            std::vector<double> key{2.0};
            append(key, walker.state);
            append(key, walker.steps.back().action);
            return key;
          },
          [&info, this](Walker& walker, const NoiseNode& noise, const std::vector<double>& output) {
            walker.state = part(output, 0, info.state_size);
            walker.observation = part(output, info.state_size, info.observation->size);
            walker.steps.back().reward = output[output.size() - 2];
            walker.steps.back().step_noise = noise;
            walker.terminated = output.back() != 0.0;
            walker.ended =
                walker.terminated || walker.steps.size() == problem_.objective().horizon;
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
  std::vector<NoiseProbe::Outputs> outputs(players.size());
  std::vector<NoiseNodes> seen(players.size(), all);
  for (std::size_t p = 0; p < players.size(); ++p) {
    if (branch.walkers[p].ended) continue;
    if (players[p].transform == SEEDBED_ANTITHETIC)
      for (NoiseNode& node : seen[p]) node = node.mirrored();
    outputs[p] = roll.outputs(players[p], branch.walkers[p], seen[p]);
  }
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
        roll.apply(children.back().walkers[p], seen[p][k], outputs[p][k]);
  }
  return children;
}

NoiseNodes NoiseTree::nodes(const Branch& branch, const std::vector<Player>& players,
                            const Roll& roll) {
  if (roll.uniforms == 0) return noise_grid(0, roll.normals, nodes_);
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

const std::vector<double>& NoiseTree::jumps(const Player& player, const Walker& walker,
                                            const Roll& roll) {
  std::vector<double> key = roll.key(player, walker);
  key.push_back(static_cast<double>(player.transform));
  const auto [place, is_new] = jumps_.emplace(std::move(key), std::vector<double>());
  if (is_new)
    place->second = jumps_of([&](const std::vector<double>& u) {
      NoiseNodes at;
      for (const double value : u)
        at.push_back({1.0, {player.transform == SEEDBED_ANTITHETIC ? 1.0 - value : value}, {}});
      return roll.outputs(player, walker, at);
    });
  return place->second;
}

NoiseCases NoiseTree::cases(const std::vector<Branch>& branches, std::size_t players) const {
  NoiseCases result{Recording(shape()), {}};
  result.episodes.start(branches.size() * players, 1);
  for (std::size_t c = 0; c < branches.size(); ++c) {
    result.probability.push_back(branches[c].probability);
    for (std::size_t p = 0; p < players; ++p)
      record(branches[c].walkers[p], c * players + p, result.episodes);
  }
  return result;
}

void NoiseTree::record(const Walker& walker, std::size_t episode, Recording& to) const {
  const std::size_t first = to.add(episode, walker.steps.size());
  const auto put = [](Rows& rows, std::size_t column, const std::vector<double>& numbers) {
    for (std::size_t i = 0; i < rows.rows(); ++i) rows.row(i)[column] = numbers[i];
  };
  for (std::size_t t = 0; t < walker.steps.size(); ++t) {
    const Walker::Step& step = walker.steps[t];
    put(to.observation, first + t, step.observation);
    put(to.action, first + t, step.action);
    put(to.reward, first + t, {step.reward});
    put(to.log_prob, first + t, {step.log_prob});
    put(to.state, first + t, step.state);
    put(to.policy_uniform, first + t, step.policy_noise.uniform);
    put(to.policy_normal, first + t, step.policy_noise.normal);
    put(to.step_uniform, first + t, step.step_noise.uniform);
    put(to.step_normal, first + t, step.step_noise.normal);
  }
  put(to.final_observation, episode, walker.observation);
  put(to.terminated, episode, {walker.terminated ? 1.0 : 0.0});
  put(to.reset_uniform, episode, walker.reset_noise.uniform);
  put(to.reset_normal, episode, walker.reset_noise.normal);
}

}  // namespace seedbed
