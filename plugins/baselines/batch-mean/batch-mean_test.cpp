#include <catch2/catch.hpp>

#include "certificate/ragged_targets.hpp"

using namespace seedbed;

TEST_CASE("the batch mean is over the trajectories that reach the step, the own one included") {
  const RaggedTargets ragged;
  CHECK(values(baseline("batch-mean"), ragged.batch, ragged.per_step) ==
        std::vector<double>{5, 4, 5, 4, 3, 5, 0, 0, 0});
}

TEST_CASE("the batch mean of whole returns is one number") {
  const RaggedTargets ragged;
  CHECK(values(baseline("batch-mean"), ragged.batch, ragged.whole) ==
        std::vector<double>{5, 5, 5, 0, 0, 0});
}

TEST_CASE("the batch mean depends on this batch and keeps no state") {
  const seedbed_baseline_info about = describe(baseline("batch-mean"), 3);
  CHECK(about.dependence == SEEDBED_THIS_BATCH);
  CHECK(about.state_size == 0);
}
