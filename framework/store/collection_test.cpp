#include "store/collection.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/error.hpp>

#include "main/temporary_folder.hpp"
#include "store/comparison.hpp"
#include "store/reader.hpp"
#include "store/run_file.hpp"
#include "store/statistic.hpp"

using namespace seedbed;

namespace {

std::string task_of(const std::string& cell, std::size_t replicate) {
  std::string task = cell;
  task += "-task-";
  task += std::to_string(replicate);
  return task;
}

// return_mean[i] = start + slope i; theta of `d` entries.
void write_run(const CollectRun& run, const std::string& cell, std::int64_t replicate,
               std::int64_t iterations, double slope, std::size_t d = 2,
               const std::string& status = "done") {
  RunFile file(run.file, {"t", run.task, "learn", cell, replicate, "learn", {}});
  Series& learning = file.series("/learning", "iteration", {{"return_mean", "1", "mean return"}});
  Series& timing = file.series("/timing", "iteration", {{"wall_seconds", "s", "wall"}});
  std::vector<std::string> names;
  for (std::size_t i = 0; i < d; ++i) names.push_back(std::string(i + 1, 'k'));
  file.record_policy(names);
  for (std::int64_t i = 0; i < iterations; ++i) {
    learning.append(i, std::vector<double>{-100 + slope * double(i)});
    timing.append(i, std::vector<double>{std::sin(double(i))});
  }
  file.append_checkpoint(iterations, std::vector<double>(d, slope));
  file.writer().growing("/policy/J", Writer::Kind::real, {"checkpoint"}, {"reward", "J"});
  file.writer().append("/policy/J", std::span<const double>(&slope, 1));
  file.finish(status);
}

// A sweep "a.b" of two cells x two replicates, of 10 and 20 iterations.
struct Sweep {
  TemporaryFolder folder;
  CollectStage stage{"learn", "learn", {{"a.b", {"x", "y"}}}, {}, 0.0};

  Sweep() {
    for (const std::string cell : {"c0", "c1"}) {
      CollectCell& made = stage.cells.emplace_back(CollectCell{cell, {}, stage.cells.size()});
      for (std::size_t r = 0; r < 2; ++r)
        made.replicates.push_back({folder / (task_of(cell, r) + ".h5"), task_of(cell, r)});
    }
    write(0, 0, 10, 1);
    write(0, 1, 10, 3);
    write(1, 0, 20, -70);
    write(1, 1, 20, std::nan(""));
  }
  const CollectRun& run(std::size_t cell, std::size_t r) { return stage.cells[cell].replicates[r]; }
  void write(std::size_t cell, std::size_t r, std::int64_t iterations, double slope,
             std::size_t d = 2) {
    write_run(run(cell, r), stage.cells[cell].name, std::int64_t(r), iterations, slope, d);
  }
  Reader collected(bool partial = false) {
    collect({stage}, {"t", "hash", {}}, folder / "results.h5", partial);
    return Reader(folder / "results.h5");
  }
};

}  // namespace

TEST_CASE("every column becomes a hypercube, padded with NaN to the longest run") {
  Sweep sweep;
  const Reader results = sweep.collected();
  using Names = std::vector<std::string>;
  CHECK(results.dimensions("/learn/return_mean") == Names{"a_b", "replicate", "iteration"});
  CHECK(results.shape("/learn/return_mean") == std::vector<std::uint64_t>{2, 2, 20});
  CHECK(results.text_attribute("/learn/a_b", "long_name") == "a.b");
  CHECK(results.reals("/learn/return_mean", {0, 1, 9}, {1, 1, 1})[0] == -100 + 27);
  CHECK(std::isnan(results.reals("/learn/return_mean", {0, 1, 10}, {1, 1, 1})[0]));
  CHECK(results.reals("/learn/theta_final", {1, 0, 0}, {1, 1, 2}) == std::vector<double>{-70, -70});
  CHECK(results.shape("/timing/learn/wall_seconds") == std::vector<std::uint64_t>{2, 2, 20});
  CHECK(results.texts("/tasks/file")[2] == "c1-task-0.h5");
}

TEST_CASE("the summary states final, median, diverged and the way to the optimum") {
  Sweep sweep;
  const Reader results = sweep.collected();
  const auto value = [&](const char* name, std::size_t cell) {
    return results.reals(std::string("/summary/learn/") + name)[cell];
  };
  CHECK(value("return_first", 0) == -100);
  CHECK(value("return_final", 0) == -100 + 18);
  CHECK(value("return_final_half_width", 0) == Approx(12.7062047362 * 9));
  CHECK(value("diverged", 0) == 0);
  CHECK(value("diverged", 1) == 1);  // one NaN, one that fell to -1430
  CHECK(value("worse", 1) == 1);
  CHECK(value("return_final_median", 1) == -INFINITY);
  CHECK(std::isnan(value("iterations_to_90_percent", 0)));
  for (std::size_t r = 0; r < 2; ++r) sweep.write(0, r, 101, 1);
  const Reader longer = sweep.collected();
  CHECK(longer.reals("/summary/learn/iterations_to_90_percent")[0] == 90);
}

TEST_CASE("collecting twice gives the same data outside of timing, and inside of it") {
  Sweep sweep;
  sweep.collected();
  std::filesystem::rename(sweep.folder / "results.h5", sweep.folder / "before.h5");
  sweep.collected();
  CHECK(first_difference(sweep.folder / "before.h5", sweep.folder / "results.h5", {}) ==
        std::nullopt);
}

TEST_CASE("a run that ended early since it diverged is collected, and counted as such") {
  Sweep sweep;
  write_run(sweep.run(0, 1), "c0", 1, 5, 3, 2, "diverged");
  const Reader results = sweep.collected();
  CHECK(results.texts("/tasks/status")[1] == "diverged");
  CHECK(results.reals("/summary/learn/diverged")[0] == 0.5);
  CHECK(results.reals("/learn/J_final", {0, 0}, {2, 1}) == std::vector<double>{1, -70});
  CHECK(results.reals("/summary/learn/J_final")[0] == 2);
}

TEST_CASE("policies of different sizes leave theta_final out") {
  Sweep sweep;
  sweep.write(1, 1, 20, 0, 3);
  CHECK_FALSE(sweep.collected().has("/learn/theta_final"));
}

TEST_CASE("a missing, damaged or mismatched run is refused, and masked when partial") {
  Sweep sweep;
  SECTION("missing") {
    std::filesystem::remove(sweep.run(1, 0).file);
  }
  SECTION("cut short") {
    std::filesystem::resize_file(sweep.run(1, 0).file, 2000);
  }
  SECTION("of another task") {
    sweep.stage.cells[1].replicates[0].task = "another";
    CHECK_THROWS_WITH(sweep.collected(),
                      Catch::Contains("expected task 'another', got 'c1-task-0'"));
  }
  SECTION("of another cell") {
    std::filesystem::copy_file(sweep.run(0, 0).file, sweep.run(1, 0).file,
                               std::filesystem::copy_options::overwrite_existing);
  }
  try {
    sweep.collected();
    FAIL("expected an Error");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::damaged);
  }
  CHECK_FALSE(std::filesystem::exists(sweep.folder / "results.h5"));
  const Reader results = sweep.collected(true);
  CHECK(results.reals("/learn/present") == std::vector<double>{1, 1, 0, 1});
  CHECK(std::isnan(results.reals("/learn/return_mean", {1, 0, 0}, {1, 1, 1})[0]));
  CHECK(results.texts("/tasks/status")[2].find("expected") != std::string::npos);
  CHECK(results.reals("/summary/learn/replicates") == std::vector<double>{2, 1});
}

TEST_CASE(
    "a sweep that is no grid has holes, which are not missing runs, and axes along one dimension") {
  Sweep sweep;
  sweep.stage.axes = {{"a.b", {"x", "y"}, {}},
                      {"zip", {"c=1,d=5", "c=2,d=5"}, {{"c", {"1", "2"}}, {"row", {"5", ""}}}}};
  sweep.stage.cells[0].index = 1;
  sweep.stage.cells[1].index = 2;
  sweep.stage.cells[1].coordinates = {{"a.b", "y"}, {"row", "5"}};
  std::filesystem::remove(sweep.run(1, 1).file);
  const Reader results = sweep.collected(true);
  using Names = std::vector<std::string>;
  CHECK(results.reals("/learn/in_sweep") == std::vector<double>{0, 1, 1, 0});
  CHECK(results.reals("/learn/present") == std::vector<double>{0, 0, 1, 1, 1, 0, 0, 0});
  CHECK(results.dimensions("/learn/return_mean") == Names{"a_b", "zip", "replicate", "iteration"});
  CHECK(std::isnan(results.reals("/learn/return_mean", {0, 0, 0, 0}, {1, 1, 1, 1})[0]));
  CHECK(results.reals("/learn/return_mean", {1, 0, 0, 1}, {1, 1, 1, 1})[0] == -170);
  CHECK(results.reals("/summary/learn/replicates") == std::vector<double>{0, 2, 1, 0});
  CHECK(results.text_attribute("/learn", "coordinates") == "c row");
  CHECK(results.dimensions("/learn/row") == Names{"zip"});
  CHECK(results.texts("/learn/row") == Names{"5", ""});
  CHECK(results.texts("/tasks/row_") == Names{"", "", "5", "5"});
  CHECK(results.texts("/tasks/a_b") == Names{"", "", "y", "y"});
}

TEST_CASE("an axis named like a column gets another name") {
  Sweep sweep;
  sweep.stage.axes[0].name = "iteration";
  CHECK(sweep.collected().has("/learn/sweep_iteration"));
}

TEST_CASE("a stage named like a table of the results file is refused") {
  Sweep sweep;
  sweep.stage.name = "summary";
  CHECK_THROWS_WITH(sweep.collected(), Catch::Contains("stage 'summary'"));
}

TEST_CASE("intervals are Student's over finite values, and a median counts NaN as worst") {
  const Interval interval = mean_interval(std::vector<double>{1, 2, 4, std::nan("")});
  CHECK(interval.mean == Approx(7.0 / 3));
  CHECK(interval.half_width == Approx(4.302652729749 * 1.5275252316519468 / std::sqrt(3.0)));
  CHECK(interval.n == 3);
  CHECK(std::isnan(mean_interval(std::vector<double>{5}).half_width));
  CHECK(median({3, std::nan(""), 1}) == 1);
  CHECK(median({4, 1, 2, 3}) == 2.5);
}
