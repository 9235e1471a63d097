#include <set>

#include "suite/canonical.hpp"
#include "suite/suite_folder.hpp"

using namespace seedbed;
using Catch::Contains;

namespace {

std::vector<std::string> names_of(const Suite& suite) {
  std::vector<std::string> names;
  for (const Cell& cell : suite.stages.at(0).cells) names.push_back(cell.name);
  return names;
}

double step_of(const Cell& cell) {
  return std::get<double>(cell.configuration.optimizer->values.at(0));
}

}  // namespace

TEST_CASE("a suite becomes a grid of cells, its axes in the order of the file") {
  const SuiteFolder folder;
  const Suite suite = folder.read(good_suite);
  CHECK(suite.title == "Good");
  CHECK(suite.seed == 7);
  CHECK(suite.replicates == 3);
  CHECK(suite.common_noise);
  CHECK(suite.name == folder.path().filename());
  CHECK(suite.text == good_suite);
  const Stage& stage = suite.stages.at(0);
  REQUIRE(stage.axes.size() == 2);
  CHECK(stage.axes[0].name == "estimator");
  CHECK(stage.axes[1].name == "optimizer.step");
  REQUIRE(stage.cells.size() == 6);
  CHECK(stage.cells[4].index == 4);
  CHECK(stage.cells[4].name == "estimator=reinforce+leave-one-out,optimizer.step=3e-4");
  CHECK(step_of(stage.cells[4]) == 3e-4);
  CHECK(stage.cells[4].configuration.objective.horizon == 10);
  CHECK(stage.cells[4].configuration.estimators.at(0).plugin->name() == "reinforce");
}

TEST_CASE("the axis that comes first in the file runs slowest, whatever its name") {
  const SuiteFolder folder;
  std::string text = replaced(good_suite, "\"optimizer.step\" = [1e-4, 3e-4, 1e-3]\n", "");
  text = replaced(text, "[sweep]\n", "[sweep]\n\"policy.sigma\" = [0.1, 0.2]\n");
  const Suite suite = folder.read(text);
  CHECK(suite.stages[0].axes[0].name == "policy.sigma");
  CHECK(suite.stages[0].cells[1].name == "policy.sigma=0.1,estimator=reinforce+leave-one-out");
}

TEST_CASE("labels are what is written, a plugin's name, and what tells equal names apart") {
  const SuiteFolder folder;
  const auto labels = [&](const std::string& axis) {
    return folder.read(replaced(good_suite, "[sweep]\n", "[sweep]\n" + axis + "\n"))
        .stages[0]
        .axes[0]
        .labels;
  };
  using Labels = std::vector<std::string>;
  CHECK(labels("episodes = [8, 16]") == Labels{"8", "16"});
  CHECK(labels("\"policy.sigma\" = [1.50, 2e0]") == Labels{"1.50", "2e0"});
  CHECK(labels("optimizer = [\"sgd\", { plugin = \"adam\", step = 0.1 }]") ==
        Labels{"sgd", "adam"});
  CHECK(labels("optimizer = [{ plugin = \"sgd\", step = 0.1 }, { plugin = \"sgd\", step = 1 }]") ==
        Labels{"sgd,step=0.1", "sgd,step=1"});
  CHECK(labels("\"estimator.baseline\" = [\"none\", { plugin = \"constant\", value = 2 }]") ==
        Labels{"none", "constant"});
  CHECK(labels("\"record.trajectories\" = [\"none\", { every = 5 }]") == Labels{"none", "every=5"});
  CHECK(labels("environment.R = [[[1.0]], [[2.0]]]") == Labels{"[[1.0]]", "[[2.0]]"});
}

TEST_CASE("a stage of antithetic pairs says so in its canonical text, others do not") {
  const SuiteFolder folder;
  const std::string plain = replaced(
      good_suite, "{ plugin = \"reinforce\", baseline = \"leave-one-out\" }", "\"reward-to-go\"");
  const auto cell = [&](const std::string& text) {
    return folder.read(text).stages[0].cells[0].configuration;
  };
  const Configuration pairs =
      cell(replaced(plain, "episodes = 8", "episodes = 8\nantithetic = true"));
  CHECK(pairs.antithetic);
  CHECK_THAT(canonical(pairs, ""), Catch::Contains("antithetic = true"));
  CHECK_FALSE(cell(plain).antithetic);
  CHECK_THAT(canonical(cell(plain), ""), !Catch::Contains("antithetic"));
}

TEST_CASE("a gradient stage with sources says so in its canonical text, others do not") {
  const SuiteFolder folder;
  const std::string stage = good_suite.substr(0, good_suite.find("[learn]")) +
                            "[gradient]\nbatches = 1\nepisodes = 4\nestimators = ['reinforce']\n";
  const auto cell = [&](const std::string& text) {
    return folder.read(text).stages[0].cells[0].configuration;
  };
  CHECK(cell(stage + "sources = 100\n").sources == 100);
  CHECK_THAT(canonical(cell(stage + "sources = 100\n"), ""), Catch::Contains("sources = 100"));
  CHECK(cell(stage).sources == 0);
  CHECK_THAT(canonical(cell(stage + "sources = 0\n"), ""), !Catch::Contains("sources"));
  CHECK_THAT(folder.errors(stage + "sources = 1\n"), Catch::Contains("or at least 2 trajectories"));
}

TEST_CASE("a gradient stage says how good its reference must be and what it may cost") {
  const SuiteFolder folder;
  const std::string stage =
      "[gradient]\nbatches = 30\nepisodes = 4\nestimators = [\"reinforce\"]\n";
  const std::string text = good_suite.substr(0, good_suite.find("[learn]"));
  const auto cell = [&](const std::string& keys) {
    return folder.read(text + stage + keys).stages[0].cells[0].configuration;
  };
  CHECK(cell("").reference_error == 0.01);
  CHECK(cell("").reference_batches == 300);
  const Configuration asked = cell("reference_error = 0.05\nreference_batches = 0\n");
  CHECK(asked.reference_error == 0.05);
  CHECK(asked.reference_batches == 0);
  CHECK_THAT(canonical(asked, ""),
             Catch::Contains("reference_batches = 0\nreference_error = 0.05"));
  CHECK_THROWS_WITH(cell("reference_error = 0.0\n"), Catch::Contains("reference_error"));
}

TEST_CASE("an axis changes one cell's value and may fill in what the suite leaves out") {
  const SuiteFolder folder;
  const std::string text =
      replaced(good_suite, "optimizer = { plugin = \"sgd\", step = 3e-4 }", "optimizer = \"sgd\"");
  const Suite suite = folder.read(text);
  CHECK(step_of(suite.stages[0].cells[0]) == 1e-4);
  CHECK(step_of(suite.stages[0].cells[2]) == 1e-3);
}

TEST_CASE("without a sweep there is one cell named all") {
  const SuiteFolder folder;
  const std::string text = good_suite.substr(0, good_suite.find("[sweep]"));
  const Suite suite = folder.read(text, {"estimator=reinforce"});
  CHECK(names_of(suite) == std::vector<std::string>{"all"});
}

TEST_CASE("integers are coerced to reals, and defaults are filled in") {
  const SuiteFolder folder;
  const Suite suite = folder.read(replaced(good_suite, "sigma = 0.04", "sigma = 1"));
  CHECK_THAT(suite.stages[0].cells[0].resolved, Contains("sigma = [1.0]"));
  CHECK_THAT(suite.stages[0].cells[0].resolved, Contains("baseline = \"none\""));
  CHECK_THAT(suite.stages[0].cells[0].resolved, Contains("discount = 1.0"));
}

TEST_CASE(
    "an override with --set changes a key of the suite, of a stage, or a key that is not there "
    "yet") {
  const SuiteFolder folder;
  const Suite suite = folder.read(
      good_suite, {"seed=9", "learn.episodes=4", "iterations = 2", "objective.discount=0.5",
                   "policy=linear-gaussian", "policy.sigma=2", "sweep.\"optimizer.step\"=[1e-2]"});
  CHECK(suite.seed == 9);
  REQUIRE(suite.stages[0].cells.size() == 2);
  const Configuration& cell = suite.stages[0].cells[0].configuration;
  CHECK(cell.episodes == 4);
  CHECK(cell.iterations == 2);
  CHECK(cell.objective.discount == 0.5);
  CHECK_THAT(suite.stages[0].cells[0].resolved, Contains("sigma = [2.0]"));
  CHECK(step_of(suite.stages[0].cells[0]) == 1e-2);
}

TEST_CASE("a stage of its own name, kind and order may follow another and compare estimators") {
  const SuiteFolder folder;
  const Suite suite = folder.read(good_suite + R"(
[[stage]]
name = "measure"
kind = "gradient"
after = "learn"
batches = 100
episodes = 4
theta = [0.1, -0.2]
estimators = ["reinforce", { plugin = "reward-to-go", baseline = "leave-one-out" }]
)");
  REQUIRE(suite.stages.size() == 2);
  const Stage& measure = suite.stages[1];
  CHECK(measure.kind == StageKind::gradient);
  CHECK(measure.after == std::vector<std::string>{"learn"});
  CHECK(measure.axes.empty());
  REQUIRE(measure.cells.size() == 1);
  CHECK(measure.cells[0].configuration.estimators.size() == 2);
  CHECK(measure.cells[0].configuration.theta == std::vector<double>{0.1, -0.2});
  CHECK(measure.cells[0].configuration.iterations == 100);
}

TEST_CASE("record says what is kept") {
  const SuiteFolder folder;
  const auto record = [&](const std::string& text) {
    return folder.read(good_suite + "[record]\n" + text).stages[0].cells[0].configuration.record;
  };
  CHECK(record("").trajectories == 0);
  CHECK(record("").gradients == 1);
  CHECK(record("trajectories = \"all\"\ngradients = \"none\"").trajectories == 1);
  CHECK(record("gradients = \"none\"").gradients == 0);
  CHECK(record("gradients = { every = 4, contributions = true }").gradients == 4);
  CHECK(record("gradients = { every = 4, contributions = true }").contributions);
  CHECK(record("kl = true").kl);
  CHECK(!record("").kl);
}

TEST_CASE("the canonical text of a cell is itself a suite, of this very cell") {
  const SuiteFolder folder;
  const Suite suite =
      folder.read(good_suite + "[record]\ntrajectories = { every = 2 }\nkl = true\n");
  for (const Cell& cell : suite.stages[0].cells) {
    CHECK_THAT(cell.resolved, Contains("kl = true"));
    const Suite again = folder.read(cell.resolved);
    REQUIRE(again.stages.at(0).cells.size() == 1);
    CHECK(again.stages[0].cells[0].resolved == cell.resolved);
  }
}

TEST_CASE("comments, the order of keys and the form of numbers do not change the canonical text") {
  const SuiteFolder folder;
  std::string text =
      replaced(good_suite, "iterations = 5\nepisodes = 8", "episodes = 8 # N\niterations = 5");
  text = replaced(text, "sigma = 0.04", "sigma = 4e-2");
  const Suite one = folder.read(good_suite), other = folder.read(text);
  for (std::size_t i = 0; i < 6; ++i)
    CHECK(one.stages[0].cells[i].resolved == other.stages[0].cells[i].resolved);
  CHECK(one.resolved == other.resolved);
}

TEST_CASE("cell names are safe for folders and differ") {
  const SuiteFolder folder;
  const std::string text = replaced(good_suite, "[sweep]\n",
                                    "[sweep]\n\"environment.A\" = [[[1.0, 1.0], [0.0, 1.0]], "
                                    "[[1.0, 2.0], [0.0, 1.0]]]\n");
  const std::vector<std::string> names = names_of(folder.read(text));
  REQUIRE(names.size() == 12);
  for (const std::string& name : names) CHECK(name.find_first_of("[]/ \"'") == std::string::npos);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 12);
}
