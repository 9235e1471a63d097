#include "store/run_file.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <seedbed/error.hpp>

#include "main/temporary_folder.hpp"
#include "store/comparison.hpp"
#include "store/reader.hpp"

using namespace seedbed;

namespace {

RunHeader header() {
  return {"A title",
          "0123abcd",
          "learn",
          "c0001",
          7,
          "learn",
          {{"suite", "title = \"A title\"\n"}, {"host", "somewhere"}}};
}

// Three episodes of lengths 2, 1, 3, two observation components, one action component; sample j
// has observation (j, 100 + j). In memory the episodes lie in the order 2, 0, 1 with gaps.
struct Block {
  std::vector<std::uint64_t> begin, length{2, 1, 3}, noise{4, 5, 6};
  std::vector<double> observation, action, reward, log_prob, last{0, 1, 2, 10, 11, 12},
      terminated{1, 0, 1}, returns{-1, -2, -3};

  explicit Block(std::vector<std::uint64_t> places, std::uint64_t stride) : begin(places) {
    observation.assign(2 * stride, -99);
    action.assign(stride, -99);
    reward = log_prob = action;
    double value = 0;
    for (std::size_t i = 0; i < 3; ++i)
      for (std::uint64_t j = begin[i]; j < begin[i] + length[i]; ++j, ++value) {
        observation[j] = value;
        observation[stride + j] = 100 + value;
        action[j] = -value;
        reward[j] = value / 2;
        log_prob[j] = value / 4;
      }
    view = {3,
            begin.data(),
            length.data(),
            {observation.data(), stride},
            {action.data(), stride},
            reward.data(),
            log_prob.data(),
            {last.data(), 3},
            terminated.data(),
            returns.data(),
            noise.data()};
  }
  EpisodeBlock view;
};

void write_run(const std::filesystem::path& path, const Block& block, double wall = 0.5) {
  RunFile run(path, header());
  Series& learning =
      run.series("/learning", "iteration",
                 {{"return_mean", "1", "mean return"}, {"entropy", "nat", "entropy"}});
  Series& timing = run.series("/timing", "iteration", {{"wall_seconds", "s", "wall clock"}});
  run.record_gradients({"reinforce"}, {"K[0,0]", "K[0,1]", "K[0,2]"}, 2);
  run.record_policy({"K[0,0]", "K[0,1]", "K[0,2]"});
  run.record_trajectories({{"x", "v"}, {"m", "m/s"}}, {{"force"}, {"N"}});
  for (std::int64_t i = 0; i < 4; ++i) {
    const auto x = static_cast<double>(i);
    learning.append(i, std::vector<double>{-x, 2 * x});
    timing.append(i, std::vector<double>{wall});
    const std::vector<double> g{x, x + 1, x + 2};
    run.append_gradient(i, g, g, std::vector<std::int64_t>{8},
                        std::vector<double>{0, 1, 2, 3, 4, 5});
    run.append_episodes(i, block.view);
    run.append_checkpoint(i, g);
  }
  run.finish();
}

const Block in_order({0, 2, 3}, 6), permuted({5, 9, 0}, 12);

}  // namespace

TEST_CASE("a run file holds what was appended, with non-square shapes") {
  const TemporaryFolder folder;
  write_run(folder / "r.h5", in_order);
  const Reader reader(folder / "r.h5");
  using Shape = std::vector<std::uint64_t>;
  CHECK(reader.text_attribute("/", "status") == "done");
  CHECK(reader.real_attribute("/", "replicate") == 7.0);
  CHECK(reader.text("/provenance/suite") == "title = \"A title\"\n");
  CHECK(reader.reals("/learning/return_mean") == std::vector<double>{-0.0, -1, -2, -3});
  CHECK(reader.shape("/gradient/mean") == Shape{4, 1, 3});
  CHECK(reader.shape("/gradient/contribution") == Shape{4, 1, 2, 3});
  CHECK(reader.shape("/trajectories/observation") == Shape{24, 2});
  CHECK(reader.shape("/trajectories/action") == Shape{24, 1});
  CHECK(reader.reals("/policy/theta", {3, 0}, {1, 3}) == std::vector<double>{3, 4, 5});
  CHECK(reader.text_attribute("/learning", "NX_class") == "NXdata");
  for (const std::string& path : reader.datasets()) {
    CHECK(reader.text_attribute(path, "long_name"));
    CHECK((reader.text_attribute(path, "units") || path.starts_with("/provenance")));
  }
}

TEST_CASE("episodes are gathered in their order from wherever they lie in memory") {
  const TemporaryFolder folder;
  write_run(folder / "a.h5", in_order);
  write_run(folder / "b.h5", permuted);
  CHECK(first_difference(folder / "a.h5", folder / "b.h5") == std::nullopt);
  const Reader reader(folder / "b.h5");
  CHECK(reader.reals("/trajectories/observation", {0, 0}, {6, 2}) ==
        std::vector<double>{0, 100, 1, 101, 2, 102, 3, 103, 4, 104, 5, 105});
  CHECK(reader.integers("/trajectories/row_size") ==
        std::vector<std::int64_t>{2, 1, 3, 2, 1, 3, 2, 1, 3, 2, 1, 3});
  CHECK(reader.text_attribute("/trajectories/row_size", "sample_dimension") == "step");
  CHECK(reader.reals("/trajectories/final_observation", {0, 0}, {2, 2}) ==
        std::vector<double>{0, 10, 1, 11});
  CHECK(reader.reals("/trajectories/truncated", {0}, {3}) == std::vector<double>{0, 1, 0});
}

TEST_CASE("a comparison names the first dataset and index that differ, bit for bit") {
  const TemporaryFolder folder;
  Block other({0, 2, 3}, 6);
  other.observation[6 + 4] = std::nextafter(104.0, 200.0);
  write_run(folder / "a.h5", in_order, 0.5);
  write_run(folder / "b.h5", other, 0.75);
  CHECK(first_difference(folder / "a.h5", folder / "b.h5") ==
        "/trajectories/observation[4,1]: 104 against 104.00000000000001");
  CHECK(first_difference(folder / "a.h5", folder / "b.h5", {"/trajectories"}) ==
        "/timing/wall_seconds[0]: 0.5 against 0.75");
  CHECK(first_difference(folder / "a.h5", folder / "b.h5", {"/trajectories", "/timing"}) ==
        std::nullopt);
}

TEST_CASE("minus zero is not zero, and NaN is NaN, to a comparison") {
  const TemporaryFolder folder;
  const auto write = [&](const char* name, double value) {
    Writer writer(folder / name);
    writer.put("/x", {}, std::span<const double>(&value, 1), {"1", "x"});
    writer.publish();
  };
  write("a.h5", 0.0);
  write("b.h5", -0.0);
  CHECK(first_difference(folder / "a.h5", folder / "b.h5") == "/x: 0 against -0");
  write("a.h5", std::nan(""));
  write("b.h5", std::nan(""));
  CHECK(first_difference(folder / "a.h5", folder / "b.h5") == std::nullopt);
}

TEST_CASE("the task of a run file is read, absent, or an error") {
  const TemporaryFolder folder;
  write_run(folder / "r.h5", in_order);
  CHECK(task_id_of(folder / "r.h5") == "0123abcd");
  CHECK(task_id_of(folder / "none.h5") == std::nullopt);
  std::filesystem::resize_file(folder / "r.h5", 3000);
  CHECK_THROWS_WITH(task_id_of(folder / "r.h5"),
                    Catch::Contains("cut short or of another program"));
  { Writer(folder / "other.h5").publish(); }
  CHECK_THROWS_WITH(task_id_of(folder / "other.h5"), Catch::Contains("@task"));
}
