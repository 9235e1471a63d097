#include <catch2/catch.hpp>
#include <cmath>

#include "analysis/report/report.hpp"
#include "main/temporary_folder.hpp"
#include "store/collection.hpp"
#include "store/run_file.hpp"

using namespace seedbed;

namespace {

// Estimator a ends with returns 1, 2, 3, 4; b with 0, 2, 2 and one that is not finite.
constexpr double final_returns[2][4] = {{1, 2, 3, 4}, {0, 2, 2, NAN}};

CollectStage write_learn_stage(const std::filesystem::path& folder) {
  CollectStage stage{"learn", "learn", {{"estimator", {"a", "b"}}}, {}, {}};
  for (std::size_t cell = 0; cell < 2; ++cell) {
    auto& made = stage.cells.emplace_back(CollectCell{cell ? "b" : "a", {}, cell});
    for (std::size_t r = 0; r < 4; ++r) {
      made.replicates.push_back({folder / "runs" / made.name / std::to_string(r), ""});
      RunFile run(made.replicates.back().file,
                  {"t", "", "learn", made.name, std::int64_t(r), "learn", {}});
      Series& learning =
          run.series("/learning", "iteration", {{"return_mean", "reward", "return"}});
      for (int i = 0; i < 3; ++i)
        learning.append(i, std::vector<double>{i < 2 ? 0.0 : final_returns[cell][r]});
      run.finish();
    }
  }
  return stage;
}

// Of the second estimator nothing was split.
CollectStage write_sources_stage(const std::filesystem::path& folder) {
  const CollectRun measured{folder / "runs" / "g", ""};
  RunFile run(measured.file, {"t", "", "gradient", "c0", 0, "gradient", {}});
  Writer& w = run.writer();
  w.scale("/gradient/estimator", std::vector<std::string>{"whole", "none"}, {"1", "estimator"});
  w.scale(
      "/gradient/source",
      std::vector<std::string>{"initial", "action 0", "transition 0", "action 1", "transition 1"},
      {"1", "draw"});
  w.put("/gradient/source_variance", {"estimator", "source"},
        std::vector<double>{0.5, 1, 2, 3, 4, NAN, NAN, NAN, NAN, NAN}, {"reward2", "part"});
  w.put("/gradient/source_total", {"estimator"}, std::vector<double>{10.5, NAN},
        {"reward2", "total"});
  run.finish();
  return {"gradient", "gradient", {}, {{"c0", {measured}}}, {}};
}

std::vector<Figure> figures_of_stage(const CollectStage& stage, const TemporaryFolder& folder) {
  collect({stage}, {"t", "0123456789abcdef", {}}, folder / "results.h5");
  return Report(folder / "results.h5").document().sections.at(0).figures;
}

Figure named(const std::vector<Figure>& figures, const std::string& name) {
  for (const Figure& figure : figures)
    if (figure.name == name) return figure;
  FAIL("expected a figure " << name);
  return {};
}

std::string notes_of(const Figure& figure) {
  std::string all;
  for (const std::string& note : figure.notes) all += note + '\n';
  return all;
}

}  // namespace

TEST_CASE("final returns have a tick per replicate, and their mean leaves out what diverged") {
  const TemporaryFolder folder;
  const Figure figure =
      named(figures_of_stage(write_learn_stage(folder.path()), folder), "returns");
  // t_{3, 0.975} s/2 = 3.182446 * 1.290994 / 2
  CHECK_THAT(figure.csv,
             Catch::Contains("\nfinal return (reward),,a,,mean,2.5,0.4457397,4.55426\n") &&
                 Catch::Contains("\nfinal return (reward),,a,,replicate,4,,\n") &&
                 Catch::Contains("\nfinal return (reward),,b,,mean,1.333333,"));
  CHECK_THAT(notes_of(figure), Catch::Contains("mean over n = 4 replicates") &&
                                   Catch::Contains("Of 8 runs the 1 that diverged are left out") &&
                                   Catch::Contains("suite 0123456789ab"));
}

TEST_CASE("a performance profile steps down at each return, and what diverged is above none") {
  const TemporaryFolder folder;
  const Figure figure =
      named(figures_of_stage(write_learn_stage(folder.path()), folder), "profiles");
  CHECK_THAT(figure.csv, Catch::Contains("\na,,1,0.75,") && Catch::Contains("\na,,2,0.5,") &&
                             Catch::Contains("\na,,3,0.25,") && Catch::Contains("\na,,4,0,0,0\n"));
  // at the left end of the axis, 4 % below the least return 0
  CHECK_THAT(figure.csv, Catch::Contains("\na,,-0.16,1,1,1\n") &&
                             Catch::Contains("\nb,,-0.16,0.75,") &&
                             Catch::Contains("\nb,,0,0.5,") && Catch::Contains("\nb,,2,0,0,0\n"));
  CHECK_THAT(notes_of(figure), Catch::Contains("n = 4 replicates") && Catch::Contains("bootstrap"));
}

TEST_CASE("the pairwise matrix counts a tie half, and what diverged as below all else") {
  const TemporaryFolder folder;
  const Figure figure =
      named(figures_of_stage(write_learn_stage(folder.path()), folder), "pairwise");
  // a > b in 2 + 3 + 4 + 4 of 16 pairs
  CHECK_THAT(figure.csv,
             Catch::Contains("\n1  a,2,,0.8125,") && Catch::Contains("\n2  b,1,,0.1875,"));
  CHECK_THAT(notes_of(figure), Catch::Contains("not corrected for their number"));
}

TEST_CASE("bands that hold whole curves are wider than those of each point, and off at first") {
  const TemporaryFolder folder;
  CollectStage stage = write_learn_stage(folder.path());
  stage.cells.pop_back();
  stage.axes[0].labels.pop_back();
  const Figure figure = named(figures_of_stage(stage, folder), "learning_curves");
  CHECK(figure.spec["params"][2]["name"] == "whole_curves");
  CHECK(figure.spec["params"][2]["value"] == false);
  const auto row = [&](const std::string& kind) {
    const auto from = figure.csv.find(kind + ",,2,2.5,");
    REQUIRE(from != std::string::npos);
    return figure.csv.substr(from + kind.size() + 9, figure.csv.find('\n', from) - from);
  };
  CHECK(std::stod(row("mean")) == Approx(0.4457397));
  CHECK(std::stod(row("whole")) <= 0.4457398);
}

TEST_CASE("sources are summed per estimator, kept by step, and left out where nothing was split") {
  const TemporaryFolder folder;
  const auto figures = figures_of_stage(write_sources_stage(folder.path()), folder);
  const Figure all = named(figures, "sources"), steps = named(figures, "sources_by_step");
  CHECK_THAT(all.csv, Catch::Contains("\n,whole,start,0,0,0.5\n") &&
                          Catch::Contains("\n,whole,actions,1,0,4\n") &&
                          Catch::Contains("\n,whole,transitions,2,0,6\n"));
  CHECK_THAT(steps.csv, Catch::Contains("\n,whole,actions,1,1,3\n") &&
                            Catch::Contains("\n,whole,transitions,2,0,2\n"));
  CHECK(all.csv.find("none") == std::string::npos);
  CHECK_THAT(all.spec.dump(), Catch::Contains("variance (reward²)"));
}
