#include "runner/noise_key.hpp"

#include <catch2/catch.hpp>

using namespace seedbed;

namespace {

Suite suite_of(bool common_noise, std::vector<std::uint64_t> iterations) {
  static seedbed_descriptor descriptor{};
  descriptor.name = "x";
  static const Plugin plugin{&descriptor, nullptr};
  Suite suite;
  suite.common_noise = common_noise;
  Stage stage;
  for (const std::uint64_t count : iterations) {
    Cell cell;
    cell.configuration.iterations = count;
    for (Setting* setting : {&cell.configuration.environment, &cell.configuration.policy})
      setting->plugin = &plugin;
    stage.cells.push_back(cell);
  }
  suite.stages = {stage, stage};
  return suite;
}

}  // namespace

TEST_CASE("common noise is named by stage and replicate, the same for every cell") {
  const Suite suite = suite_of(true, {1, 2});
  CHECK(noise_key(suite, 0, 1, 7).cell == 0);
  CHECK(noise_key(suite, 1, 1, 7).stage == 1);
}

TEST_CASE("noise of a cell's own follows what the cell is, not where it lies or what it records") {
  Suite one = suite_of(false, {1, 2}), other = suite_of(false, {3, 1, 2});
  CHECK(noise_key(one, 0, 1, 7).cell == noise_key(other, 0, 2, 7).cell);
  CHECK(noise_key(one, 0, 1, 7).cell != noise_key(one, 0, 0, 7).cell);
  const std::uint64_t before = noise_key(one, 0, 0, 7).cell;
  one.stages[0].cells[0].configuration.record.trajectories = 5;
  CHECK(noise_key(one, 0, 0, 7).cell == before);
  const NoiseKey key = noise_key(one, 1, 0, 7);
  CHECK(noise_key_in(noise_json(key), "x").cell == key.cell);
}
