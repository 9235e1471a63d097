#include <catch2/catch.hpp>

#include "certificate/ragged_targets.hpp"

using namespace seedbed;
using Catch::Contains;

TEST_CASE("one number is the baseline at every step") {
  const RaggedTargets ragged;
  const Instance constant = baseline("constant", "value = 2.5");
  CHECK(values(constant, ragged.batch, ragged.per_step) ==
        std::vector<double>{2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 0, 0, 0});
  CHECK(values(constant, ragged.batch, ragged.whole) ==
        std::vector<double>{2.5, 2.5, 2.5, 0, 0, 0});
}

TEST_CASE("one number per step is the baseline of its step") {
  const RaggedTargets ragged;
  CHECK(values(baseline("constant", "value = [7, 8, 9]"), ragged.batch, ragged.per_step) ==
        std::vector<double>{7, 8, 7, 8, 9, 7, 0, 0, 0});
}

TEST_CASE("a number of numbers that is neither 1 nor the horizon is refused") {
  for (const char* toml : {"value = []", "value = [1, 2]", "value = [1, 2, 3, 4]"})
    CHECK_THROWS_WITH(baseline("constant", toml),
                      Contains("parameter 'value': expected 1 number, or one for each of the 3"));
}

TEST_CASE("one number per step is refused for whole returns") {
  const RaggedTargets ragged;
  CHECK_THROWS_WITH(values(baseline("constant", "value = [7, 8, 9]"), ragged.batch, ragged.whole),
                    Contains("expected 1 number for whole returns, got 3"));
}

TEST_CASE("the constant depends on nothing and keeps no state") {
  const seedbed_baseline_info about = describe(baseline("constant", "value = 1"), 3);
  CHECK(about.dependence == SEEDBED_NOTHING);
  CHECK(about.state_size == 0);
}
