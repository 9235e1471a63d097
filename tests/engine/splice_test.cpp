#include <catch2/catch.hpp>

#include "configurations.hpp"
#include "engine/sampler.hpp"

using namespace seedbed;

namespace {

constexpr std::uint32_t noise_too =
    SEEDBED_NEEDS_POLICY_NOISE | SEEDBED_NEEDS_ENVIRONMENT_NOISE | SEEDBED_NEEDS_STATE;

/// Trajectories of the regulator, 7 steps each, with every noise that acted.
struct RolledRegulator {
  DecisionProblem problem{regulator(1)};
  Rollout rollout{problem, noise_too};
  Recording recording{rollout.shape()};
  Arena arena;

  seedbed_batch run(std::uint64_t episodes, std::uint64_t first, const Splice& splice = {}) {
    const std::vector<double> theta{-0.4, -0.8};
    rollout.run({Request{theta, episodes, first, SEEDBED_PLAIN, {}, {}, splice}}, Noise(3, 1), 4,
                recording, arena);
    return recording.view();
  }
};

double at(const seedbed_batch& b, seedbed_in rows, std::size_t episode, std::size_t t) {
  return rows.data[b.begin[episode] + t];
}

}  // namespace

TEST_CASE("a splice shares the start and the noise before it, and takes the other's after it") {
  RolledRegulator base, other, spliced;
  const seedbed_batch a = base.run(3, 5), b = other.run(3, 100),
                      c = spliced.run(3, 5, {100, {4, 0, 7}, {3, 0, 2}});
  const std::size_t policy[] = {4, 0, 7}, environment[] = {3, 0, 2};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(c.noise[i] == 5 + i);
    CHECK(c.reset_normal.data[i] == a.reset_normal.data[i]);
    CHECK(at(c, c.state, i, 0) == at(a, a.state, i, 0));
    for (std::size_t t = 0; t < 7; ++t) {
      const seedbed_batch &acts = t < policy[i] ? a : b, &moves = t < environment[i] ? a : b;
      CHECK(at(a, a.policy_normal, i, t) != at(b, b.policy_normal, i, t));
      CHECK(at(c, c.policy_normal, i, t) == at(acts, acts.policy_normal, i, t));
      CHECK(at(c, c.step_normal, i, t) == at(moves, moves.step_normal, i, t));
    }
  }
  for (std::size_t t = 0; t < 7; ++t) {  // episode 0: the same up to a_3, not after it
    CHECK((at(c, c.action, 0, t) == at(a, a.action, 0, t)) == (t < 4));
    CHECK((at(c, c.state, 0, t) == at(a, a.state, 0, t)) == (t < 4));
  }
}

TEST_CASE("a splice at the horizon is no splice, and one before it is a function of its names") {
  RolledRegulator plain, spliced, few;
  const std::uint64_t N = 131;
  const std::vector<std::uint32_t> never(N, 7), third(N, 3);
  const auto rewards = [](const seedbed_batch& b) {
    return std::vector<double>(b.reward, b.reward + b.samples);
  };
  CHECK(rewards(plain.run(N, 0)) == rewards(spliced.run(N, 0, {N, never, never})));
  const seedbed_batch all = spliced.run(N, 0, {N, third, third});
  CHECK(rewards(all) != rewards(plain.run(N, 0)));
  for (const std::size_t i : {0u, 47u, 48u, 130u}) {
    const seedbed_batch one = few.run(1, i, {N + i, {3}, {3}});
    for (std::size_t t = 0; t < 7; ++t)
      CHECK(one.reward[one.begin[0] + t] == all.reward[all.begin[i] + t]);
  }
}
