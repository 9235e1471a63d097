#include <nlohmann/json.hpp>

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
  CHECK_THAT(result.text, Contains("pathwise") && Contains("REINFORCE, best b") &&
                              Contains("forward differences, delta = 0.01, common noise"));
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
                              Contains("rank F    1 of 2, eigenvalues 0.5 to 0.5\n") &&
                              Contains("best b    0.5\n") &&
                              Contains("0.125          -     1          1           1\n"));
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

TEST_CASE("oracle --json has the Fisher matrix, covariances, V, Q and d in full") {
  const SuiteFolder folder;
  const Result result = run("oracle " + folder.write("bandit.toml", bandit).string() + " --json");
  const auto found = nlohmann::json::parse(result.text).at(0);
  const nlohmann::json cross = {{0.25, -0.25}, {-0.25, 0.25}};  // of A - 1/2 and its negative
  CHECK(found["fisher"] == cross);
  CHECK(found["fisher_rank"] == 1);
  CHECK_THAT(found["fisher_eigenvalues"][0].get<double>(), Catch::WithinULP(0.5, 4));
  CHECK(found["fisher_eigenvalues"][1] == 0.0);
  CHECK(found["values"]["V"] == nlohmann::json{{0.5}, {0.0}});
  CHECK(found["values"]["Q"] == nlohmann::json{{{0.0, 1.0}}});
  CHECK(found["values"]["d"] == nlohmann::json{{1.0}});
  CHECK(found["best_step_baselines"] == nlohmann::json{0.5});
  const nlohmann::json reinforce = found["ladder"][0];
  CHECK(reinforce["covariance"] == nlohmann::json{{0.0625, -0.0625}, {-0.0625, 0.0625}});
  CHECK(reinforce["trajectories"] == 1);
  CHECK(!reinforce.contains("bias_norm"));
}

TEST_CASE("oracle says the bias of differences and the trajectories that they take") {
  const SuiteFolder folder;
  const Result result = run("oracle " + folder.write("good.toml", good_suite).string() + " --json");
  const auto found = nlohmann::json::parse(result.text).at(0);
  const std::size_t d = found["theta"].size();
  std::size_t differences = 0;
  for (const auto& rung : found["ladder"]) {
    const std::string name = rung["estimator"];
    const bool central = name.starts_with("central"), forward = name.starts_with("forward");
    CHECK(rung["trajectories"] == (central ? 2 * d : forward ? d + 1 : 1));
    CHECK(rung.contains("bias_norm") == (central || forward));
    differences += central || forward ? 1 : 0;
  }
  CHECK(differences == 4);
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
