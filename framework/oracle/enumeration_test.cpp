#include "oracle/enumeration.hpp"

#include <catch2/catch.hpp>
#include <seedbed/error.hpp>

#include "certificate/small_process.hpp"
#include "oracle/weighed_moments.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

/// Moments of R = sum of gamma^t r_t over every trajectory, block by block.
WeighedMoments returns(const FiniteProcess& process, std::size_t block) {
  WeighedMoments moments(1);
  for_each_block(process, block, [&](WeighedTrajectories& trajectories) {
    const seedbed_batch batch = trajectories.recording.view();
    REQUIRE(batch.episodes == trajectories.probability.size());
    REQUIRE(batch.episodes <= block);
    for (std::size_t i = 0; i < batch.episodes; ++i) {
      double R = 0.0, power = 1.0;
      for (std::size_t t = 0; t < batch.length[i]; ++t, power *= batch.discount)
        R += power * batch.reward[batch.begin[i] + t];
      moments.add(trajectories.probability[i], &R);
    }
  });
  return moments;
}

void check_J(const SmallProcess& process) {
  const WeighedMoments moments = returns(process.finite(), 10);
  const double J = solve(process.finite().problem()).J;
  CHECK_THAT(moments.total(), WithinAbs(1.0, 1e-14));
  CHECK_THAT(moments.mean()[0], WithinAbs(J, 1e-14));
}

}  // namespace

TEST_CASE("the mean return of all trajectories is J") {
  check_J(two_states(3));
  check_J(two_states(5, 1.0));
}

TEST_CASE("the mean return of all trajectories is J where episodes end early") {
  check_J(ending(4));
  check_J(ending(4, 1.0));
}

TEST_CASE("trajectories are counted without walking them") {
  CHECK(count_trajectories(two_states(3).finite()) == 128.0);  // 2 states, (2 x 2)^3
  CHECK(count_trajectories(two_states(20).finite()) == 0x1p41);
  CHECK(count_trajectories(ending(1).finite()) == 6.0);
  CHECK(count_trajectories(ending(2).finite()) == 14.0);
}

TEST_CASE("an enumerated trajectory carries its length, its end and the policy's log-probability") {
  const SmallProcess process = ending(2);
  std::size_t cut = 0, ended_early = 0;
  for_each_block(process.finite(), 1000, [&](WeighedTrajectories& trajectories) {
    const seedbed_batch batch = trajectories.recording.view();
    for (std::size_t i = 0; i < batch.episodes; ++i) {
      cut += batch.terminated[i] == 0.0 ? 1 : 0;
      ended_early += batch.length[i] == 1 ? 1 : 0;
      CHECK((batch.terminated[i] == 1.0 || batch.length[i] == 2));
      const std::size_t last = batch.begin[i] + batch.length[i] - 1;
      if (batch.action.data[last] == 0.0) CHECK(batch.terminated[i] == 0.0);
    }
    // theta = (.5, -.5) in state 0: log pi(0) = -log(1 + exp(-1)).
    REQUIRE(batch.observation.data[0] == 0.0);
    REQUIRE(batch.action.data[0] == 0.0);
    CHECK_THAT(batch.log_prob[0], WithinAbs(-0.31326168751822286, 1e-15));
  });
  CHECK(ended_early == 2);  // (0, 1) by chance and (1, 1) surely
  CHECK(cut == 8);
}

TEST_CASE("the probabilities of all pairs of trajectories sum to one") {
  const SmallProcess process = ending(3);
  CompensatedSum total;
  double batches = 0.0;
  for_each_batch(process.finite(), 2, [&](const seedbed_batch& batch, double probability) {
    REQUIRE(batch.episodes == 2);
    REQUIRE(batch.samples == batch.length[0] + batch.length[1]);
    total.add(probability);
    batches += 1.0;
  });
  const double trajectories = count_trajectories(process.finite());
  CHECK(batches == trajectories * trajectories);
  CHECK_THAT(total.value(), WithinAbs(1.0, 1e-14));
}

TEST_CASE("more batches than can be walked are refused with their number") {
  const SmallProcess process = two_states(10);
  CHECK_THROWS_WITH(for_each_batch(process.finite(), 2, [](const seedbed_batch&, double) {}),
                    Catch::Contains("expected at most 2^24 batches of 2 trajectories"));
}
