#include "main/program.hpp"
#include "suite/suite_folder.hpp"

using namespace seedbed;
using Catch::Contains;

namespace {

/// The two-armed bandit with rewards 0 and 1 under the uniform policy.
const std::string bandit = R"(title = "Bandit"
seed = 1
[environment]
plugin = "tabular"
transitions = """
state,action,probability,next_state,reward,terminated
start,,1,0,,
0,0,1,0,0,1
0,1,1,0,1,1
"""
[objective]
horizon = 1
[policy]
plugin = "tabular-softmax"
[gradient]
batches = 1
episodes = 8
estimators = ["reinforce"]
)";

}  // namespace

TEST_CASE("oracle prints one ladder for all cells that differ in estimator or optimizer only") {
  const SuiteFolder folder;
  const Result result = run("oracle " + folder.write("good.toml", good_suite).string());
  CHECK(result.exit == 0);
  CHECK_THAT(result.text, Contains("pathwise") && Contains("REINFORCE, best b"));
  CHECK(result.text.find("tr F") == result.text.rfind("tr F"));
}

TEST_CASE(
    "oracle says the exact variances of the bandit, at the theta of the suite or a given one") {
  const SuiteFolder folder;
  const std::string suite = folder.write("bandit.toml", bandit).string();
  const Result result = run("oracle " + suite);
  CHECK(result.exit == 0);
  // g = (A - 1/2) R for each of two components: variance 1/16 without b, none with b = 1/2.
  CHECK_THAT(result.text, Contains("J         0.5\n") && Contains("tr F      0.5\n") &&
                              Contains("best b    0.5\n") && Contains("0.125           1"));
  const Result json = run("oracle " + suite + " --json --set 'gradient.theta=[0.0,1.0]'");
  CHECK_THAT(json.text, Contains("\"variance_trace\"") && Contains("\"J\": 0.73105857863000"));
}

TEST_CASE("oracle splits the variance by source: all of a bandit's is the action's") {
  const SuiteFolder folder;
  const std::string suite = folder.write("bandit.toml", bandit).string();
  CHECK_THAT(run("oracle " + suite).text, !Contains("transition"));
  const Result result = run("oracle " + suite + " --sources");
  CHECK(result.exit == 0);
  CHECK_THAT(result.text, Contains("initial                    0.00 %") &&
                              Contains("t = 0        100.00 %      0.00 %"));
  const Result json = run("oracle " + suite + " --sources --json");
  CHECK_THAT(json.text, Contains("\"estimator\": \"REINFORCE\",\n        \"total\": 0.125"));
}

TEST_CASE(
    "oracle says that the exact split is for tabular environments, and what to use elsewhere") {
  const SuiteFolder folder;
  const std::string suite = folder.write("good.toml", good_suite).string();
  CHECK_THAT(run("oracle " + suite + " --sources").text, Contains("sources = M"));
  CHECK_THAT(run("oracle " + suite + " --sources --json").text, Contains("\"sources\": null"));
}

TEST_CASE("oracle says which pairs of environment and policy it knows, and exits with 2") {
  const SuiteFolder folder;
  const std::string text = bandit.substr(0, bandit.find("plugin"));
  const Result result =
      run("oracle " +
          folder
              .write("cart.toml", text + "plugin = 'cartpole'\n[objective]\nhorizon = 5\n[policy]\n"
                                         "plugin = 'linear-softmax'\n[gradient]\nbatches = 1\n"
                                         "episodes = 8\nestimators = ['reinforce']\n")
              .string());
  CHECK(result.exit == 2);
  CHECK_THAT(result.text, Contains("got environment 'cartpole' with policy 'linear-softmax'"));
}
