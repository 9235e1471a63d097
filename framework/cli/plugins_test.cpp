#include <nlohmann/json.hpp>

#include "main/program.hpp"
#include "suite/suite_folder.hpp"

using namespace seedbed;
using Catch::Contains;
using Json = nlohmann::json;

namespace {

Json json(const std::string& arguments) {
  return Json::parse(run("plugins --json " + arguments).text);
}

}  // namespace

TEST_CASE("the list of plugins holds what could not be used, with its reason, on standard output") {
  const SuiteFolder folder;
  folder.write("broken.so", "hello");
  const std::string path = "--plugin-path " + folder.path().string();
  const Result list = run("plugins " + path + " 2>/dev/null");
  CHECK(list.exit == 0);
  CHECK_THAT(list.text, Contains("estimator    reward-to-go"));
  CHECK_THAT(list.text, Contains("not used:\n  " + (folder.path() / "broken.so").string() +
                                 ": expected a Seedbed plugin library"));
  const Json problems = json(path)["problems"];
  REQUIRE(problems.size() == 1);
  CHECK(problems[0]["library"] == (folder.path() / "broken.so").string());
  CHECK_THAT(run("plugins absent " + path).text, Contains("not used: ") && Contains("broken.so"));
}

TEST_CASE("a plugin is described whole: table, capabilities, source, library and build") {
  const Json plugin = json("policy/linear-gaussian")[0];
  CHECK(plugin["kind"] == "policy");
  CHECK(plugin["version"] == "1.0.0");
  CHECK(plugin["sha256"].get<std::string>().size() == 64);
  CHECK_THAT(plugin["source"].get<std::string>(), Contains("Williams"));
  CHECK(plugin["build"]["abi"] == "1.0");
  CHECK(plugin["build"]["fast_math"] == false);
  CHECK(plugin["capabilities"][0] == "seedbed.policy.linear-gaussian/1");
  const Json sigma = plugin["parameters"][0];
  CHECK(sigma["type"] == "array of reals");
  CHECK(sigma["range"] == "0 < sigma");
  CHECK(sigma["unit"] == "");
  CHECK(sigma["default"] == "[1.0]");
  CHECK_THAT(sigma["doc"].get<std::string>(), Contains("standard deviations"));
  const std::string text = run("plugins linear-gaussian").text;
  for (const char* part : {"array of reals, 0 < sigma, default [1.0]", "sha256:", "plugin ABI 1.0",
                           "source: R. J. Williams", "seedbed.policy.pathwise/1"})
    CHECK_THAT(text, Contains(part));
}

TEST_CASE("new refuses what is no kind, no name and no new folder, and warns of a namesake") {
  const SuiteFolder folder;
  const std::string place = (folder.path() / "x").string();
  const Result kind = run("new estimatr x"), name = run("new policy Policy");
  CHECK(kind.exit == 2);
  CHECK_THAT(kind.text, Contains("got 'estimatr'; did you mean 'estimator'?"));
  CHECK(name.exit == 2);
  const Result twice = run("new estimator reinforce -o " + place);
  CHECK(twice.exit == 0);
  CHECK_THAT(twice.text, Contains("warning: estimator 'reinforce' exists already, in") &&
                             Contains("cmake -S " + place + " -B " + place + "/build"));
  CHECK(run("new estimator other -o " + place).exit == 2);
}
