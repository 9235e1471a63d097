#include "analysis/report/report.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <seedbed/error.hpp>

#include "main/temporary_folder.hpp"
#include "store/collection.hpp"
#include "store/reader.hpp"
#include "store/run_file.hpp"

using namespace seedbed;
using analysis::Table;
namespace fs = std::filesystem;

namespace {

std::string cell_name(std::size_t cell) {
  std::string name("c");
  return name += std::to_string(cell);
}

// Cell c, replicate r: returns -10 + i + r/2, of which cell 3 breaks at iteration 5.
void write_learn_run(const fs::path& path, std::size_t cell, std::size_t replicate) {
  RunFile run(path, {"t", "", "learn", cell_name(cell), std::int64_t(replicate), "learn", {}});
  seedbed::Series& learning =
      run.series("/learning", "iteration", {{"return_mean", "reward", "return"}});
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
  CollectStage learn{
      "learn", "learn", {{"estimator", {"a", "b <i>"}}, {"step", {"1", "2"}}}, {}, 0.0};
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

std::vector<Table> tables(const Report& report) {
  std::vector<Table> all;
  for (const auto& section : report.document().sections)
    all.insert(all.end(), section.tables.begin(), section.tables.end());
  return all;
}

Figure first_figure(const Report& report) {
  return report.document().sections.at(0).figures.at(0);
}

std::string bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

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
  CHECK(tables(report)[0].csv().find("\na,1,") == std::string::npos);
  CHECK_THAT(tables(report)[0].csv(), Catch::Contains("\na,2,"));
  CHECK_THAT(report.text(), Catch::Contains("1 runs are missing."));
}

TEST_CASE("a report has a table per stage with the numbers of the results file") {
  const Suite suite;
  const Report report(suite.folder / "results.h5");
  // final return: last of ten iterations, replicates -1 and -0.5
  REQUIRE(tables(report).size() == 2);
  CHECK(tables(report)[0].name == "table_learn");
  CHECK_THAT(tables(report)[0].csv(), Catch::Contains("\na,1,-0.75,3.176551184") &&
                                          Catch::Contains("b <i>,2,,,-inf,-9.75,1,1,2,"));
  // One replicate: the half width is of its own interval. Of all quantities the CSV has the rest.
  const std::string gradient = tables(report)[1].csv();
  CHECK(gradient.starts_with(
      "estimator,|bias|,p,variance,± 95 %,SNR,cosine,cost,bias_norm,bias_norm_half_width,bias_p,"));
  CHECK_THAT(gradient,
             Catch::Contains("\nreinforce,2000000,0.25,2000000,500000,0.5,,1,2000000,,") &&
                 Catch::Contains("\na_b,30,0.75,30,6,1.5,,3e-05,30,,0.75"));
  CHECK_THAT(report.text(),
             Catch::Contains("Reference gradient: monte-carlo, relative error 0.020, "
                             "which is not the 0.010 that was asked for"));
  CHECK_THAT(report.text(), Catch::Contains("-0.8") && Catch::Contains("3.2") &&
                                Catch::Contains("100 %") && Catch::Contains("Diverged: ends"));
  std::ofstream(suite.folder / "learning_curves_learn.svg") << "<svg>";
  CHECK_THAT(markdown(report.document(), suite.folder.path()),
             Catch::Contains("a\\_b") && Catch::Contains("b \\<i>") &&
                 Catch::Contains("](learning_curves_learn.svg)"));
}

TEST_CASE("learning curves have a panel per value of the smallest axis, and name what diverged") {
  const Suite suite;
  const Figure curves = first_figure(Report(suite.folder / "results.h5"));
  CHECK(curves.name == "learning_curves_learn");
  CHECK(curves.spec["facet"]["sort"] == analysis::Json{"step = 1", "step = 2"});
  CHECK(curves.spec["usermeta"]["series"]["labels"] == analysis::Json{"a", "b <i>"});
  CHECK(curves.spec["data"]["values"] == curves.csv);
  CHECK_THAT(curves.csv, Catch::Contains("\na,step = 1,mean,,9,-0.75,-3.926551,2.426551\n") &&
                             Catch::Contains("\na,step = 1,replicate,1,9,-0.5,,\n") &&
                             Catch::Contains("\nb <i>,step = 2,mean,,4,"));
  CHECK(curves.csv.find("\nb <i>,step = 2,mean,,5,") == std::string::npos);
  std::string notes;
  for (const std::string& note : curves.notes) notes += note;
  CHECK_THAT(notes, Catch::Contains("n = 2 ") && Catch::Contains("95 % interval") &&
                        Catch::Contains("Diverged in some replicates: b <i>, step = 2") &&
                        Catch::Contains("optimum 0") &&
                        Catch::Contains("A & B · suite 0123456789ab"));
}

TEST_CASE("a gradient stage has a figure of errors and one of cost, each with its own numbers") {
  const Suite suite;
  const Report report(suite.folder / "results.h5", {"gradient"});
  const auto& figures = report.document().sections.at(0).figures;
  REQUIRE(figures.size() == 3);
  CHECK(figures[0].name == "variances");
  CHECK_THAT(
      figures[0].csv,
      Catch::Contains("\n\"variance, trace (1)\",,reinforce,,mean,2000000,1500000,2500000\n") &&
          Catch::Contains("\n\"bias, norm (1)\",,a_b,,mean,30,"));
  CHECK(figures[0].spec["hconcat"].size() == 2);  // no mean squared error in this file
  CHECK(figures[0].spec["hconcat"][0]["layer"][3]["encoding"]["x"]["scale"]["type"] == "log");
  CHECK_THAT(figures[2].csv, Catch::Contains("variance × steps (1),,a_b,,mean,3000,"));
}

TEST_CASE("a report answers first: who is first, by how much, what diverged and what is biased") {
  const Suite suite;
  const auto answer = Report(suite.folder / "results.h5").document().answer;
  REQUIRE(answer.size() == 2);
  CHECK(answer[0] ==
        "learn: of 4 cells estimator a, step 1 has the highest final return, -0.8 ± 3.2 reward "
        "over 2 "
        "replicates; estimator a, step 2 follows with -0.8 ± 3.2 (their intervals do not tell them "
        "apart; `seedbed compare` pairs what shares noise). The optimum is 0. In 1 of the cells "
        "replicates diverged; they are not ranked.");
  CHECK(
      answer[1] ==
      "gradient: a_b has the smallest variance, 30.0 ± 6.0, 1.50e-05 of that of reinforce. Of none "
      "is a "
      "bias seen (Bonferroni's 5 %).");
}

TEST_CASE("the page needs no other file, and text of the suite is no code in it") {
  const Suite suite;
  const fs::path parts = suite.folder / "parts";
  fs::create_directory(parts);
  std::ofstream(parts / "page.js") << "draw()";
  std::ofstream(parts / "page.css") << "p {}";
  write_report(Report(suite.folder / "results.h5"), suite.folder / "report", false, parts);
  const std::string page = bytes(suite.folder / "report/index.html");
  CHECK_THAT(page, Catch::Contains("<style>\np {}</style>") &&
                       Catch::Contains("<script>\ndraw()</script>") &&
                       Catch::Contains("<title>A &amp; B</title>") &&
                       Catch::Contains("b &lt;i&gt;") && Catch::Contains("b \\u003ci>") &&
                       Catch::Contains("data-value=\"-0.75\""));
  CHECK(page.find("<i>") == std::string::npos);
  CHECK(occurrences(page, "<script") == 2);
  for (const char* fetched : {" src=\"http", "<link rel=\"stylesheet", "@import"})
    CHECK(page.find(fetched) == std::string::npos);
}

TEST_CASE("without Vega the report comes, and says that figures are not drawn") {
  const Suite suite;
  const WrittenReport written = write_report(Report(suite.folder / "results.h5"),
                                             suite.folder / "report", true, suite.folder / "none");
  CHECK_THAT(written.problem, Catch::Contains("no SVG, no PDF: this build has no Vega"));
  const std::string page = bytes(suite.folder / "report/index.html");
  CHECK_THAT(page, Catch::Contains("Not drawn: this build of Seedbed has no Vega") &&
                       Catch::Contains("<table") && Catch::Contains(".vl.json\""));
  CHECK(page.find("<script") == std::string::npos);
}

TEST_CASE("the same results make the same report, file by file, and pictures of before go") {
  const Suite suite;
  const fs::path folder = suite.folder / "report";
  const auto write = [&] {
    return write_report(Report(suite.folder / "results.h5"), folder, false).files;
  };
  const auto files = write();
  CHECK(files.front() == folder / "index.html");
  std::vector<std::string> before;
  for (const auto& file : files) before.push_back(bytes(file));
  std::ofstream(folder / "learning_curves_learn.svg") << "of other results";
  write();
  for (std::size_t i = 0; i < files.size(); ++i) CHECK(bytes(files[i]) == before[i]);
  CHECK(std::size_t(std::distance(fs::directory_iterator(folder), {})) == files.size());
}

TEST_CASE("a report of what is not a results file is an error with exit code 5") {
  const TemporaryFolder folder;
  try {
    Report(folder / "results.h5");
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
  const std::vector<std::string> notes = first_figure(report).notes;
  CHECK(std::ranges::count(notes, "2 runs are missing.") == 1);
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
  const Figure returns = first_figure(report);
  CHECK(returns.name == "returns");
  CHECK_THAT(returns.csv, Catch::Contains("\nreturn (reward),,judge,,exact,-3,,\n") &&
                              Catch::Contains("\nreturn (reward),,judge,,replicate,-3.0625,,\n"));
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
  REQUIRE(tables(report).size() == 1);
  CHECK(tables(report)[0].name == "table");
  CHECK(tables(Report(folder / "results.h5")).size() == 3);
}
