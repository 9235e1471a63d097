#include <catch2/catch.hpp>
#include <cstdlib>

#include "main/program.hpp"
#include "suite/suite_folder.hpp"

using namespace seedbed;
using Catch::Contains;

TEST_CASE("without a verb the program says how it is used, and exits with 2") {
  CHECK(run("").exit == 2);
  CHECK(run("--help").exit == 0);
  CHECK_THAT(run("--help").text, Contains("plan SUITE") && Contains("plugins [PLUGIN]"));
  CHECK_THAT(run("--version").text, Contains("plugin ABI 1.0"));
}

TEST_CASE("an unknown verb or option is one line with the nearest, and exits with 2") {
  const Result verb = run("pln"), option = run("plan --jsn");
  CHECK(verb.text == "seedbed: expected a verb, got 'pln'; did you mean 'plan'?\n");
  CHECK_THAT(option.text, Contains("got '--jsn'; did you mean '--json'?"));
  CHECK(verb.exit == 2);
  CHECK(option.exit == 2);
  CHECK_THAT(run("plan").text, Contains("expected SUITE, got none"));
  CHECK_THAT(run("plan a b").text, Contains("got 'b', too"));
  CHECK_THAT(run("plan a --output x --output y").text, Contains("--output once"));
}

TEST_CASE("plan lists cells and tasks, and leaves nothing behind") {
  const SuiteFolder folder;
  const std::string suite = folder.write("good.toml", good_suite).string();
  const std::string output = (folder.path() / "results").string();
  const Result plan = run("plan " + suite + " -o " + output);
  CHECK(plan.exit == 0);
  CHECK_THAT(plan.text, Contains("estimator=reinforce+leave-one-out,optimizer.step=1e-3") &&
                            Contains("18 tasks: 18 new"));
  CHECK(!std::filesystem::exists(output));
  CHECK_THAT(run("plan --dot " + suite).text, Contains("digraph plan"));
  CHECK_THAT(run("plan --tasks " + suite).text, Contains("r0002.h5  no run file yet"));
  CHECK_THAT(run("plan --json --set replicates=1 " + suite).text,
             Contains("\"state\": \"new\"") && Contains("\"replicates\": 1"));
}

TEST_CASE("a file in a run's place that is none is a damaged task, and stays as it is") {
  const SuiteFolder folder;
  const std::string suite = folder.write("good.toml", good_suite).string();
  const std::filesystem::path cell = folder.path() /
                                     "out/runs/learn/estimator=reinforce,"
                                     "optimizer.step=1e-4";
  std::filesystem::create_directories(cell);
  std::ofstream(cell / "r0001.h5") << "hello";
  const Result plan = run("plan " + suite + " -o " + (folder.path() / "out").string());
  CHECK(plan.exit == 0);
  CHECK_THAT(plan.text, Contains("18 tasks: 17 new, 1 damaged") && Contains("damaged  runs/learn"));
  CHECK(std::filesystem::file_size(cell / "r0001.h5") == 5);
}

TEST_CASE("a wrong suite gives every error and exits with 2") {
  const SuiteFolder folder;
  const std::string text = replaced(good_suite, "seed = 7", "sed = 7");
  const Result plan = run("plan " + folder.write("bad.toml", text).string());
  CHECK(plan.exit == 2);
  CHECK_THAT(plan.text, Contains("bad.toml:2:1: error: unknown key 'sed'"));
}

TEST_CASE("plugins lists what is there, describes one, and says what could not be used") {
  const SuiteFolder folder;
  folder.write("broken.so", "hello");
  const Result list = run("plugins --plugin-path " + folder.path().string());
  CHECK(list.exit == 0);
  CHECK_THAT(list.text, Contains("linear-quadratic") && Contains("broken.so"));
  CHECK_THAT(run("plugins sgd").text, Contains("optimizer 'sgd'") && Contains("step") &&
                                          Contains("default") && Contains("sha256:") &&
                                          Contains("sgd.so"));
  CHECK_THAT(run("plugins sgd --json").text, Contains("\"key\": \"step\""));
  const Result missing = run("plugins reinforc");
  CHECK(missing.exit == 3);
  CHECK_THAT(missing.text, Contains("did you mean 'reinforce'?") && Contains("searched"));
}
