#include "suite/suite_folder.hpp"

using namespace seedbed;
using Catch::Contains;

namespace {

/// The errors of the good suite with one part of it replaced.
std::string errors_with(const std::string& from, const std::string& to) {
  const SuiteFolder folder;
  return folder.errors(replaced(good_suite, from, to));
}

}  // namespace

TEST_CASE("an error shows its place, its line, what is under the caret and the nearest name") {
  const SuiteFolder folder;
  const std::string text = replaced(good_suite, "\"sgd\", step", "\"sgd\", stpe");
  CHECK_THAT(folder.errors(text),
             Contains("suite.toml:18:31: error: unknown parameter 'stpe' of optimizer 'sgd'\n"
                      "   18 | optimizer = { plugin = \"sgd\", stpe = 3e-4 }\n"
                      "      |                               ^^^^ did you mean 'step'?") &&
                 Contains("default"));
}

TEST_CASE("all errors of a suite are said at once, in the order of the file, each once") {
  const SuiteFolder folder;
  std::string text = replaced(good_suite, "seed = 7", "seed = -1");
  text = replaced(text, "plugin = \"linear-gaussian\"", "plugin = \"linear-gausian\"");
  text = replaced(text, "horizon = 10", "horizn = 10");
  text = replaced(text, "episodes = 8", "episodes = 0");
  const std::string errors = folder.errors(text);
  const char* parts[] = {":2:8: error: 'seed' of the suite: expected an integer from 0 to",
                         ":11:1: error: unknown key 'horizn' of [objective]",
                         ":13:10: error: no policy plugin is named 'linear-gausian'",
                         "did you mean 'linear-gaussian'?",
                         ":17:12: error: 'episodes' of stage 'learn': expected an integer from 1",
                         "plugins were searched in"};
  std::size_t at = 0;
  for (const char* part : parts) {
    INFO(errors);
    const std::size_t found = errors.find(part, at);
    REQUIRE(found != std::string::npos);
    CHECK(errors.find(part, found + 1) == std::string::npos);
    at = found;
  }
}

TEST_CASE("a file that is not TOML is an error at the place where it stops being one") {
  CHECK_THAT(errors_with("seed = 7", "seed = "),
             Contains("suite.toml:2:8: error: ") && Contains("    2 | seed = \n"));
  CHECK_THAT(errors_with("seed = 7", "seed = 7\nseed = 8"), Contains("suite.toml:3:"));
}

TEST_CASE("a suite that is not there is an error of one line") {
  const Registry registry{std::vector<std::filesystem::path>()};
  CHECK_THROWS_WITH(read_suite("nowhere.toml", {}, registry),
                    Contains("nowhere.toml: expected a suite file, got: No such file"));
}

TEST_CASE("wrong types, unknown and missing keys are found at every level") {
  CHECK_THAT(errors_with("title = \"Good\"", "title = 5"),
             Contains(":1:9: error: 'title' of the suite: expected a string, got 5"));
  CHECK_THAT(errors_with("seed = 7", "sed = 7"), Contains("did you mean 'seed'?"));
  CHECK_THAT(errors_with("replicates = 3", "replicates = 0"), Contains("'replicates'"));
  CHECK_THAT(errors_with("replicates = 3", "pairing = \"comon\""),
             Contains("expected \"common\" or \"independent\", got \"comon\""));
  CHECK_THAT(errors_with("horizon = 10", "horizon = 10\ndiscount = 0"),
             Contains("expected a real with 0 < discount <= 1, got 0"));
  CHECK_THAT(errors_with("sigma = 0.04", "sigma = \"wide\""),
             Contains("parameter 'sigma' of policy 'linear-gaussian': expected") &&
                 Contains("got \"wide\""));
  CHECK_THAT(errors_with("sigma = 0.04", "sigma = -1"), Contains(":14:9: error:"));
  CHECK_THAT(errors_with("sigma = 0.04", "sigma = nan"), Contains("got nan"));
  CHECK_THAT(errors_with("R = [[1.0]]\n", ""),
             Contains(":5:10: error: missing parameter 'R' of environment 'linear-quadratic'"));
  CHECK_THAT(errors_with("plugin = \"linear-gaussian\"\n", ""),
             Contains("missing key 'plugin': which policy?"));
  CHECK_THAT(errors_with("iterations = 5\n", ""),
             Contains("missing key 'iterations' of stage 'learn'"));
  CHECK_THAT(errors_with("iterations = 5", "iterations = -5"), Contains("got -5"));
  CHECK_THAT(errors_with("iterations", "iteration"), Contains("did you mean 'iterations'?"));
  CHECK_THAT(errors_with("optimizer = {", "optimiser = {"), Contains("did you mean 'optimizer'?"));
  CHECK_THAT(errors_with("[sweep]", "[record]\ntrajectories = 3\n[sweep]"),
             Contains("expected \"none\", \"all\" or { every = k }, got 3"));
  CHECK_THAT(errors_with("[sweep]", "[record]\ntrajectories = { evry = 3 }\n[sweep]"),
             Contains("did you mean 'every'?"));
  CHECK_THAT(errors_with("[learn]", "[learns]"),
             Contains("did you mean 'learn'?") && Contains("missing a stage"));
}

TEST_CASE("a matrix with ragged rows is an error at its row") {
  CHECK_THAT(errors_with("[[1.0, 1.0], [0.0, 1.0]]", "[[1.0, 1.0], [0.0]]"),
             Contains(":6:18: error: parameter 'A' of environment 'linear-quadratic'") &&
                 Contains("a row of 1 numbers below one of 2"));
}

TEST_CASE("what only the plugin can know is said at the parameter that it is about") {
  const std::string errors = errors_with("x0 = [0.1, 0.2]", "x0 = [0.1, 0.2, 0.3]");
  CHECK_THAT(errors, Contains(":9:6: error: environment 'linear-quadratic': "));
}

TEST_CASE("an axis must have values that differ, and lead somewhere") {
  CHECK_THAT(
      errors_with("[1e-4, 3e-4, 1e-3]", "[]"),
      Contains(":21:20: error: axis 'optimizer.step' of [sweep]: expected values, got none"));
  CHECK_THAT(errors_with("[1e-4, 3e-4, 1e-3]", "1e-4"), Contains("expected an array of values"));
  CHECK_THAT(errors_with("[1e-4, 3e-4, 1e-3]", "[1e-4, 1e-4]"), Contains("1e-4 twice"));
  CHECK_THAT(
      errors_with("\"optimizer.step\"", "\"optimzer.step\""),
      Contains(":21:1: error: axis 'optimzer.step'") && Contains("did you mean 'optimizer'?"));
  CHECK_THAT(errors_with("\"optimizer.step\"", "\"optimizer.stp\""),
             Contains(":21:1: error: unknown parameter 'stp' of optimizer 'sgd'"));
  CHECK_THAT(errors_with("\"optimizer.step\"", "batches"), Contains("says nothing to any stage"));
}

TEST_CASE("a wrong value of an axis is shown where it stands, and once") {
  const std::string errors = errors_with("[1e-4, 3e-4, 1e-3]", "[1e-4, -3e-4, 1e-3]");
  CHECK_THAT(errors, Contains(":21:27: error: parameter 'step' of optimizer 'sgd'"));
  CHECK(errors.find("error:") == errors.rfind("error:"));
}

TEST_CASE("stages that wait for each other, or for nobody, are errors") {
  const SuiteFolder folder;
  const std::string stages = good_suite +
                             "[[stage]]\nname = \"b\"\nkind = \"gradient\"\nafter = \"learn\"\n"
                             "batches = 1\nepisodes = 1\n";
  CHECK_THAT(folder.errors(replaced(stages, "[learn]\n", "[learn]\nafter = \"b\"\n")),
             Contains("learn -> b -> learn"));
  CHECK_THAT(folder.errors(replaced(stages, "after = \"learn\"", "after = \"laern\"")),
             Contains("no stage is named 'laern'") && Contains("did you mean 'learn'?"));
  CHECK_THAT(folder.errors(replaced(stages, "\"gradient\"", "\"gradent\"")),
             Contains("did you mean 'gradient'?"));
  CHECK_THAT(folder.errors(replaced(stages, "name = \"b\"", "name = \"learn\"")),
             Contains("two stages are named 'learn'"));
  CHECK_THAT(folder.errors(replaced(stages, "name = \"b\"", "name = \"../b\"")),
             Contains("expected letters"));
}

TEST_CASE("theta must have as many numbers as the policy has parameters") {
  CHECK_THAT(errors_with("episodes = 8", "episodes = 8\ntheta = [1, 2, 3]"),
             Contains(":18:9: error: 'theta': expected 2 numbers"));
  CHECK_THAT(errors_with("episodes = 8", "episodes = 8\ntheta = [1, \"x\"]"),
             Contains("expected an array of reals, got \"x\""));
}

TEST_CASE("antithetic pairs need an even number of episodes and a baseline that stays unbiased") {
  CHECK_THAT(errors_with("episodes = 8", "episodes = 7\nantithetic = true"),
             Contains(":17:12: error: 'episodes' of stage 'learn': expected an even number"));
  CHECK_THAT(errors_with("episodes = 8", "episodes = 8\nantithetic = true"),
             Contains(":21:38: error: estimator 'reinforce': expected independent trajectories") &&
                 !Contains(":21:14: error"));
  CHECK_THAT(errors_with("episodes = 8", "episodes = 8\nantithetic = 1"),
             Contains("expected true or false"));
}

TEST_CASE("a wrong override is said with --set as its place") {
  const SuiteFolder folder;
  CHECK_THAT(folder.errors(good_suite, {"polcy.sigma=1"}),
             Contains("--set polcy.sigma=1: error: unknown key 'polcy'") &&
                 Contains("did you mean 'policy'?"));
  CHECK_THAT(folder.errors(good_suite, {"policy.sigm=1"}),
             Contains("--set policy.sigm=1: error: unknown parameter 'sigm'"));
  CHECK_THAT(folder.errors(good_suite, {"policy.sigma=-1"}),
             Contains("--set policy.sigma=-1: error: parameter 'sigma'"));
  CHECK_THAT(folder.errors(good_suite, {"policy.sigma"}), Contains("expected key=value"));
  CHECK_THAT(
      folder.errors(good_suite, {"optimizer.step=1"}),
      Contains("which axis 'optimizer.step' decides") && Contains("sweep.\"optimizer.step\""));
  CHECK_THAT(folder.errors(good_suite, {"replicates=many", "seed=-1"}),
             Contains("--set replicates=many: error") && Contains("--set seed=-1: error"));
}
