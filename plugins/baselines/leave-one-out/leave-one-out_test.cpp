#include <catch2/catch.hpp>

#include "certificate/ragged_targets.hpp"

using namespace seedbed;

TEST_CASE("leave-one-out is the mean of the others that reach the step, and 0 where none does") {
  const RaggedTargets ragged;
  CHECK(values(baseline("leave-one-out"), ragged.batch, ragged.per_step) ==
        std::vector<double>{5.5, 2, 7, 6, 0, 2.5, 0, 0, 0});
}

TEST_CASE("leave-one-out of whole returns is the mean of the other returns") {
  const RaggedTargets ragged;
  CHECK(values(baseline("leave-one-out"), ragged.batch, ragged.whole) ==
        std::vector<double>{7, 2.5, 5.5, 0, 0, 0});
}

TEST_CASE("leave-one-out of a single trajectory is 0") {
  const RaggedTargets ragged;
  seedbed_targets targets = ragged.whole;
  const seedbed_batch batch = ragged.alone(targets);
  CHECK(values(baseline("leave-one-out"), batch, targets)[1] == 0.0);
}

TEST_CASE("leave-one-out depends on other trajectories and keeps no state") {
  const seedbed_baseline_info about = describe(baseline("leave-one-out"), 3);
  CHECK(about.dependence == SEEDBED_OTHER_TRAJECTORIES);
  CHECK(about.state_size == 0);
}
