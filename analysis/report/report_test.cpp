#include "analysis/report/report.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <seedbed/error.hpp>

#include "store/collection.hpp"
#include "store/reader.hpp"
#include "store/run_file.hpp"
#include "main/temporary_folder.hpp"

using namespace seedbed;
namespace fs = std::filesystem;

namespace {

std::string cell_name(std::size_t cell) {
  std::string name("c");
  return name += std::to_string(cell);
}

// Cell c, replicate r: returns -10 + i + r/2, of which cell 3 breaks at iteration 5.
void write_learn_run(const fs::path& path, std::size_t cell, std::size_t replicate) {
  RunFile run(path, {"t", "", "learn", cell_name(cell), std::int64_t(replicate),
                     "learn", {}});
  Series& learning = run.series("/learning", "iteration", {{"return_mean", "reward", "return"}});
  for (int i = 0; i < 10; ++i) {
    const bool is_broken = cell == 3 && i >= 5;
    learning.append(i, std::vector<double>{is_broken ? NAN : -10 + i + 0.5 * double(replicate)});
  }
  run.finish();
}

void write_gradient_run(const fs::path& path) {
  RunFile run(path, {"t", "", "gradient", "c0", 0, "gradient", {}});
  run.writer().scale("/gradient/estimator", std::vector<std::string>{"reinforce", "a_b"},
                     {"1", "estimator"});
  const auto put = [&](const char* name, double first, double second) {
    run.writer().put(std::string("/gradient/") + name, {"estimator"},
                     std::vector<double>{first, second}, {"1", name});
  };
  put("bias_norm", 2e6, 30);
  put("bias_p", 0.25, 0.75);
  put("variance_trace", 2e6, 30);
  put("variance_trace_lower", 1.5e6, 25);
  put("variance_trace_upper", 2.5e6, 37);
  put("variance_times_steps", 1e8, 3e3);
  put("snr", 0.5, 1.5);
  const double reached = 0.02, asked = 0.01;
  run.writer().put("/gradient/reference_error", {}, std::span(&reached, 1), {"1", "reached"});
  run.writer().put("/gradient/reference_error_asked", {}, std::span(&asked, 1), {"1", "asked"});
  run.writer().attribute("/gradient", "reference_kind", "monte-carlo");
  run.finish();
}

// Of two replicates, the second of which has no theta: it diverged.
CollectStage write_evaluate_runs(const fs::path& folder) {
  CollectStage stage{"judge", "evaluate", {}, {{"c0", {}}}, {}};
  for (std::size_t r = 0; r < 2; ++r) {
    const CollectRun& made = stage.cells[0].replicates.emplace_back(
        CollectRun{folder / "runs" / ("e" + std::to_string(r)), ""});
    RunFile run(made.file, {"t", "", "judge", "c0", std::int64_t(r), "evaluate", {}});
    const auto put = [&](const std::string& name, double value) {
      run.writer().put("/evaluation/" + name, {}, std::span(&value, 1), {"reward", name});
    };
    if (r == 0) {
      for (const char* name : {"return_std", "return_min", "reward_sum_mean"}) put(name, -7);
      put("return_max", 12);
      put("episode_length_mean", 10);
      put("terminated_fraction", 0.25);
      put("return_mean", -3.0625);
      put("return_mean_se", 0.5);
      put("J", -3);
    }
    run.finish(r == 0 ? "done" : "diverged");
  }
  return stage;
}

std::vector<CollectStage> write_runs(const fs::path& folder) {
  CollectStage learn{"learn", "learn", {{"estimator", {"a", "b <i>"}}, {"step", {"1", "2"}}}, {},
                     0.0};
  for (std::size_t cell = 0; cell < 4; ++cell) {
    auto& made = learn.cells.emplace_back(CollectCell{cell_name(cell), {}, cell});
    for (std::size_t r = 0; r < 2; ++r) {
      made.replicates.push_back({folder / "runs" / made.name / std::to_string(r), ""});
      write_learn_run(made.replicates.back().file, cell, r);
    }
  }
  const CollectRun measured{folder / "runs" / "g", ""};
  write_gradient_run(measured.file);
  return {learn, {"gradient", "gradient", {}, {{"c0", {measured}}}, {}}};
}

struct Suite {
  TemporaryFolder folder;
  Suite() {
    collect(write_runs(folder.path()), {"A & B", "0123456789abcdef", {}}, folder / "results.h5");
  }
};

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a hole of the sweep is no row of the table, and no missing run") {
  TemporaryFolder folder;
  std::vector<CollectStage> stages = write_runs(folder.path());
  stages[0].cells.erase(stages[0].cells.begin());
  std::filesystem::remove(stages[0].cells[0].replicates[1].file);
  collect(stages, {"A & B", "0123456789abcdef", {}}, folder / "results.h5", true);
  const Report report(folder / "results.h5");
  CHECK(report.csv()[0].second.find("\na,1,") == std::string::npos);
  CHECK_THAT(report.csv()[0].second, Catch::Contains("\na,2,"));
  CHECK_THAT(report.text(), Catch::Contains("1 runs are missing."));
}

TEST_CASE("a report has a table per stage with the numbers of the results file") {
  const Suite suite;
  const Report report(suite.folder / "results.h5");
  // final return: last of ten iterations, replicates -1 and -0.5
  REQUIRE(report.csv().size() == 2);
  CHECK(report.csv()[0].first == "table_learn.csv");
  CHECK_THAT(report.csv()[0].second, Catch::Contains("\na,1,-0.75,3.176551184") &&
                                         Catch::Contains("b <i>,2,,,-inf,-9.75,1,1,2,"));
  // One replicate: the half width is of its own interval. Of all quantities the CSV has the rest.
  const std::string& gradient = report.csv()[1].second;
  CHECK(gradient.starts_with(
      "estimator,|bias|,p,variance,± 95 %,SNR,cosine,cost,bias_norm,bias_norm_half_width,bias_p,"));
  CHECK_THAT(gradient, Catch::Contains("\nreinforce,2000000,0.25,2000000,500000,0.5,,1,2000000,,") &&
                           Catch::Contains("\na_b,30,0.75,30,6,1.5,,3e-05,30,,0.75"));
  CHECK_THAT(report.text(), Catch::Contains("Reference gradient: monte-carlo, relative error 0.020, "
                                            "which is not the 0.010 that was asked for"));
  CHECK_THAT(report.text(), Catch::Contains("-0.8") && Catch::Contains("3.2") &&
                                Catch::Contains("100 %") && Catch::Contains("Diverged: ends"));
  CHECK_THAT(report.markdown(), Catch::Contains("a\\_b") && Catch::Contains("b \\<i>") &&
                                    Catch::Contains("](learning_curves_learn.svg)"));
}

TEST_CASE("figures have a panel per value of the smallest axis, and name what diverged") {
  const Suite suite;
  const Report report(suite.folder / "results.h5");
  REQUIRE(report.figures().size() == 2);
  const std::string& curves = report.figures()[0].svg;
  CHECK(occurrences(curves, "<clipPath") == 2);
  CHECK_THAT(curves, Catch::Contains("A &amp; B") && Catch::Contains("b &lt;i&gt;") &&
                         Catch::Contains("95 % interval") && Catch::Contains("n = 2") &&
                         Catch::Contains("suite 0123456789ab") &&
                         Catch::Contains("Diverged in some replicates") &&
                         Catch::Contains("optimum 0"));
  CHECK(curves.find("nan") == std::string::npos);
  CHECK(curves.find("inf") == std::string::npos);
  CHECK(occurrences(report.figures()[1].svg, "<circle") == 2);
}

TEST_CASE("the same results make the same report, file by file") {
  const Suite suite;
  const auto bytes = [](const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const auto files = write_report(suite.folder.path());
  REQUIRE(files.size() == 5);
  std::vector<std::string> before;
  for (const auto& file : files) before.push_back(bytes(file));
  write_report(suite.folder.path());
  for (std::size_t i = 0; i < files.size(); ++i) CHECK(bytes(files[i]) == before[i]);
  CHECK(std::distance(fs::directory_iterator(suite.folder / "report"), {}) == 5);
}

TEST_CASE("a report of what is not a results file is an error with exit code 5") {
  const TemporaryFolder folder;
  try {
    write_report(folder.path());
    FAIL("expected an Error");
  } catch (const Error& error) {
    CHECK(error.exit() == Exit::damaged);
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("runs that are missing are counted, and the rest is reported") {
  const TemporaryFolder folder;
  auto stages = write_runs(folder.path());
  fs::remove(stages[0].cells[1].replicates[0].file);
  fs::remove(stages[0].cells[1].replicates[1].file);
  collect(stages, {"t", "", {}}, folder / "results.h5", true);
  const Report report(folder / "results.h5");
  CHECK_THAT(report.figures()[0].svg, Catch::Contains("2 runs are missing."));
  CHECK_THAT(report.text(), Catch::Contains("2 runs are missing."));
}

TEST_CASE("the table of an evaluate stage says who diverged and is in no mean") {
  TemporaryFolder folder;
  collect({write_evaluate_runs(folder.path())}, {"t", "", {}}, folder / "results.h5");
  const Report report(folder / "results.h5");
  CHECK_THAT(report.text(), Catch::Contains("judge: return of the policy on fresh noise") &&
                                Catch::Contains("exact J") && Catch::Contains("25 %") &&
                                Catch::Contains("-3.06") && Catch::Contains("50 %") &&
                                Catch::Contains("0.98") &&
                                Catch::Contains("whose theta diverged are in no mean"));
  const Reader results(folder / "results.h5");
  CHECK(results.reals("/judge/present") == std::vector<double>{1, 1});
  CHECK(results.reals("/summary/judge/return_max") == std::vector<double>{12});
  CHECK(std::isnan(results.reals("/judge/return_mean")[1]));
}

TEST_CASE("a report shows the stages that it is asked for") {
  TemporaryFolder folder;
  std::vector<CollectStage> stages = write_runs(folder.path());
  stages.push_back(write_evaluate_runs(folder.path()));
  collect(stages, {"t", "", {}}, folder / "results.h5");
  const Report report(folder / "results.h5", {"judge"});
  CHECK_THAT(report.text(), Catch::Contains("judge:") && !Catch::Contains("gradient:"));
  REQUIRE(report.csv().size() == 1);
  CHECK(report.csv()[0].first == "table.csv");
  CHECK(Report(folder / "results.h5").csv().size() == 3);
}
