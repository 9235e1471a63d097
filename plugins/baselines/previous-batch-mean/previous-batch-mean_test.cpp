#include <catch2/catch.hpp>

#include "certificate/ragged_targets.hpp"

using namespace seedbed;

TEST_CASE("before the first batch the previous batch mean is 0") {
  const RaggedTargets ragged;
  CHECK(values(baseline("previous-batch-mean"), ragged.batch, ragged.per_step, {0, 0, 0}) ==
        std::vector<double>(9, 0.0));
}

TEST_CASE("the previous batch mean is what the last commit found at the step") {
  const RaggedTargets ragged;
  const Instance previous = baseline("previous-batch-mean");
  std::vector<double> state{0, 0, 0};
  commit(previous, ragged.batch, ragged.per_step, state);
  CHECK(state == std::vector<double>{5, 4, 3});
  CHECK(values(previous, ragged.batch, ragged.per_step, {7, 8, 9}) ==
        std::vector<double>{7, 8, 7, 8, 9, 7, 0, 0, 0});
}

TEST_CASE("a step that a batch does not reach keeps its mean") {
  const RaggedTargets ragged;
  std::vector<double> state{5, 4, 3};
  seedbed_targets targets = ragged.per_step;
  const seedbed_batch batch = ragged.alone(targets);
  commit(baseline("previous-batch-mean"), batch, targets, state);
  CHECK(state == std::vector<double>{10, 4, 3});
}

TEST_CASE("the previous batch mean of whole returns is one number of state") {
  const RaggedTargets ragged;
  const Instance previous = baseline("previous-batch-mean");
  CHECK(describe(previous, 1).state_size == 1);
  CHECK(describe(previous, 3).state_size == 3);
  CHECK(describe(previous, 3).dependence == SEEDBED_EARLIER_BATCHES);
  std::vector<double> state{0};
  commit(previous, ragged.batch, ragged.whole, state);
  CHECK(state == std::vector<double>{5});
}
