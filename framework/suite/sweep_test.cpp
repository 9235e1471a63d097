#include "suite/suite_folder.hpp"

using namespace seedbed;
using Catch::Contains;

namespace {

/// The good suite with another [sweep].
std::string swept(const std::string& sweep) {
  return "estimator = \"reinforce\"\n" + good_suite.substr(0, good_suite.find("[sweep]")) +
         "[sweep]\n" + sweep;
}

std::vector<std::string> names_of(const Stage& stage) {
  std::vector<std::string> names;
  for (const Cell& cell : stage.cells) names.push_back(cell.name);
  return names;
}

using Names = std::vector<std::string>;

const std::string zip = R"("optimizer.step" = [1e-4, 1e-3]
[sweep.zip]
"policy.sigma" = [0.1, 0.2, 0.2]
iterations     = [5, 6, 7]
)";

}  // namespace

TEST_CASE("the axes of a zip advance together, as one dimension beside the grid's") {
  const SuiteFolder folder;
  const Stage stage = folder.read(swept(zip)).stages.at(0);
  CHECK(stage.cells.size() == 6);
  CHECK(stage.cells[4].name == "optimizer.step=1e-3,policy.sigma=0.2,iterations=6");
  CHECK(stage.cells[4].configuration.iterations == 6);
  CHECK(stage.cells[4].index == 4);
  REQUIRE(stage.dimensions.size() == 2);
  CHECK(stage.dimensions[0].name == "optimizer.step");
  CHECK(stage.dimensions[1].name == "zip");
  CHECK(stage.dimensions[1].labels[2] == "policy.sigma=0.2,iterations=7");
  CHECK(stage.dimensions[1].axes[0].labels == Names{"0.1", "0.2", "0.2"});
  CHECK(stage.axes.at(1).labels == Names{"0.1", "0.2"});
}

TEST_CASE("a list has its points one by one; a point may leave an axis as the suite has it") {
  const SuiteFolder folder;
  const Stage stage = folder
                          .read(swept(R"(
[[sweep.list]]
estimator = { plugin = "reinforce", baseline = "leave-one-out" }
[[sweep.list]]
optimizer.step = 0.25
estimator = "reward-to-go"
)"))
                          .stages.at(0);
  CHECK(names_of(stage) ==
        Names{"estimator=reinforce", "estimator=reward-to-go,optimizer.step=0.25"});
  CHECK(stage.dimensions.at(0).name == "list");
  CHECK(stage.dimensions[0].axes.at(1).labels == Names{"", "0.25"});
  CHECK(stage.cells[0].coordinates.size() == 1);
  CHECK_THAT(stage.cells[0].resolved, Contains("leave-one-out"));
}

TEST_CASE("grid, zip and list stand together, in the order of the file") {
  const SuiteFolder folder;
  const std::string list = "[[sweep.list]]\ndivergence = 1e5\n[[sweep.list]]\ndivergence = 1e6\n";
  const Stage stage = folder.read(swept(zip + list)).stages.at(0);
  CHECK(stage.cells.size() == 12);
  CHECK(stage.cells[1].name == "optimizer.step=1e-4,policy.sigma=0.1,iterations=5,divergence=1e6");
  CHECK(stage.dimensions.size() == 3);
  CHECK(stage.dimensions[2].name == "divergence");
}

TEST_CASE("when keeps the cells at which every condition holds, and the others are holes") {
  const SuiteFolder folder;
  const std::string grid = "\"optimizer.step\" = [1e-4, 1e-3]\n\"policy.sigma\" = [1e-4, 1e-1]\n";
  const Stage one =
      folder.read(swept("when = 'optimizer.step <= policy.sigma'\n" + grid)).stages[0];
  CHECK(names_of(one) == Names{"optimizer.step=1e-4,policy.sigma=1e-4",
                               "optimizer.step=1e-4,policy.sigma=1e-1",
                               "optimizer.step=1e-3,policy.sigma=1e-1"});
  CHECK(one.cells[2].index == 3);
  CHECK(one.dimensions[1].labels.size() == 2);
  const Stage two =
      folder
          .read(swept(grid + "when = ['optimizer.step <= policy.sigma', 'policy.sigma > 0.01']\n"))
          .stages[0];
  CHECK(two.cells.size() == 2);
}

TEST_CASE(
    "a stage that does not know an axis has the cells that the whole sweep looks like to it") {
  const SuiteFolder folder;
  const std::string measure =
      "[[stage]]\nname = \"m\"\nkind = \"gradient\"\nbatches = 3\n"
      "episodes = 4\n";
  const std::string sweep = R"("optimizer.step" = [1e-4, 1e-3]
when = "optimizer.step != 1e-4 or policy.sigma = 0.2"
[sweep.zip]
"policy.sigma" = [0.1, 0.2, 0.2, 0.3]
iterations     = [5, 6, 7, 8]
)";
  const Suite suite = folder.read(replaced(swept(sweep), "[sweep]\n", measure + "[sweep]\n"));
  CHECK(suite.stages.at(1).name == "m");
  CHECK(names_of(suite.stages[1]) ==
        Names{"policy.sigma=0.1", "policy.sigma=0.2", "policy.sigma=0.3"});
  CHECK(suite.stages[0].cells.size() == 6);
}

TEST_CASE("a sweep that cannot be is refused where it stands") {
  const SuiteFolder folder;
  const auto error = [&](const std::string& sweep) { return folder.errors(swept(sweep)); };
  CHECK_THAT(error("[sweep.zip]\niterations = [5, 6]\n\"policy.sigma\" = [0.1]\n"),
             Contains("suite.toml:23:18: error: axis 'policy.sigma' of [sweep]: expected 2 values, "
                      "as many as axis 'iterations' on line 22 has, got 1"));
  CHECK_THAT(error("iterations = [1, 2]\n[sweep.zip]\niterations = [5, 6]\n"),
             Contains(":23:1: error: axis 'iterations' of [sweep]: it stands on line 21 already"));
  CHECK_THAT(error("[sweep.zip]\niterations = [5, 5]\nepisodes = [2, 2]\n"),
             Contains(":21:1: error: 'zip' of [sweep]: expected different points, got point 2"));
  CHECK_THAT(error("[[sweep.list]]\niterations = 5\n[[sweep.list]]\niterations = 5\n"),
             Contains("suite.toml:23:1: error: 'list' of [sweep]: expected different points"));
  CHECK_THAT(error("[sweep.zip]\n"), Contains("expected axes of one length, got none"));
  CHECK_THAT(error("zip = 5\n"), Contains("expected axes of one length, got 5"));
  CHECK_THAT(error("list = 5\n"), Contains("expected tables, each a point, got 5"));
  CHECK_THAT(error("[[sweep.list]]\nitterations = 5\n"), Contains("did you mean 'iterations'?"));
}

TEST_CASE("a condition that is wrong is shown at its column inside of the string") {
  const SuiteFolder folder;
  const auto error = [&](const std::string& when) {
    return folder.errors(swept("iterations = [1, 2]\nwhen = " + when + "\n"));
  };
  CHECK_THAT(
      error("\"iteration = 1\""),
      Contains("suite.toml:22:9: error: 'when' of [sweep]: expected the name of an axis, got "
               "'iteration'") &&
          Contains("^^^^^^^^^ did you mean 'iterations'?"));
  CHECK_THAT(error("['iterations = 1', 'iterations <']"), Contains("suite.toml:22:40: error: "));
  CHECK_THAT(error("'iterations = x'"), Contains(":22:22: ") && Contains("it has: 1, 2"));
  CHECK_THAT(error("'iterations > 3'"), Contains(":22:8: ") && Contains("got one that keeps none"));
  CHECK_THAT(error("5"), Contains("expected a condition over the axes"));
}

TEST_CASE("an override of what a zip or a list decides names the axis") {
  const SuiteFolder folder;
  const std::string text = folder.errors(swept(zip), {"policy.sigma=3"});
  CHECK_THAT(text, Contains("got 'policy.sigma', which axis 'policy.sigma' decides"));
  CHECK_THAT(folder.errors(swept("[[sweep.list]]\niterations = 5\n"), {"iterations=3"}),
             Contains("which axis 'iterations' decides"));
  CHECK(folder.read(swept(zip), {"sweep.when=\"iterations > 5\""}).stages[0].cells.size() == 4);
}
