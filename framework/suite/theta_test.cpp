#include <map>

#include "engine/checkpoint.hpp"
#include "suite/canonical.hpp"
#include "suite/suite_folder.hpp"
#include "suite/theta_reader.hpp"

using namespace seedbed;
using Catch::Contains;

namespace {

const std::string heading = good_suite.substr(0, good_suite.find("[learn]"));
const std::string sweep = good_suite.substr(good_suite.find("[sweep]"));

/// "train" over two estimators and three steps; `theta` is that of "measure".
std::string chain(const std::string& theta, const std::string& train = "iterations = 30") {
  return heading + "[[stage]]\nname = 'train'\nkind = 'learn'\n" + train +
         "\nepisodes = 8\noptimizer = { plugin = 'sgd', step = 3e-4 }\n"
         "[[stage]]\nname = 'measure'\nkind = 'gradient'\nbatches = 10\nepisodes = 4\n"
         "estimators = ['reinforce']\ntheta = " +
         theta + "\n" + sweep;
}

const Stage& measure(const Suite& suite) {
  return suite.stages.at(1);
}

std::string error_of(const std::string& theta, const std::string& train = "iterations = 30") {
  return SuiteFolder().errors(chain(theta, train));
}

std::size_t shared(const Plan& a, const Plan& b, std::size_t stage) {
  std::map<std::string, std::string> ids;
  for (const Task& task : a.tasks)
    if (task.stage == stage) ids[task.file] = task.id;
  std::size_t count = 0;
  for (const Task& task : b.tasks) count += ids.count(task.file) && ids[task.file] == task.id;
  return count;
}

}  // namespace

TEST_CASE("a stage that takes theta from another has its axes, too, and its checkpoints") {
  const SuiteFolder folder;
  const Suite suite = folder.read(chain("{ stage = 'train', checkpoint = ['first', 7, 'last'] }"));
  REQUIRE(measure(suite).axes.size() == 3);
  CHECK(measure(suite).axes[0].name == "estimator");
  CHECK(measure(suite).axes[2].name == "checkpoint");
  CHECK(measure(suite).axes[2].labels == std::vector<std::string>{"first", "7", "last"});
  REQUIRE(measure(suite).cells.size() == 18);
  const Cell& cell = measure(suite).cells[7];
  CHECK(cell.name == "estimator=reinforce,optimizer.step=1e-3,checkpoint=7");
  CHECK(cell.theta_cell == 2u);
  CHECK(cell.configuration.theta_from->stage == "train");
  CHECK(cell.configuration.theta_from->checkpoint == 7);
  CHECK(measure(suite).cells[8].configuration.theta_from->checkpoint == 30);
  CHECK_THAT(cell.resolved, Contains("theta = { checkpoint = 7, stage = \"train\" }"));
}

TEST_CASE("without a checkpoint theta is the last, and an axis of the policy matches its cell") {
  const SuiteFolder folder;
  const Suite suite = folder.read(replaced(chain("{ stage = 'train' }"), "[sweep]\n",
                                           "[sweep]\n'policy.sigma' = [0.1, 0.2]\n"));
  REQUIRE(measure(suite).cells.size() == 12);
  for (std::size_t c = 0; c < 12; ++c) {
    CHECK(measure(suite).cells[c].theta_cell == c);
    CHECK(measure(suite).cells[c].configuration.theta_from->checkpoint == 30);
  }
}

TEST_CASE("a stage that is trained on from checkpoints hands on that axis beside its own") {
  const SuiteFolder folder;
  std::string text = chain("{ stage = 'train', checkpoint = [10, 20] }");
  text = replaced(text, "kind = 'gradient'\nbatches = 10\n", "kind = 'learn'\niterations = 3\n");
  text = replaced(text, "estimators = ['reinforce']", "optimizer = 'sgd'");
  const Suite suite =
      folder.read(replaced(text, "[sweep]",
                           "[[stage]]\nname = 'judge'\nkind = 'evaluate'\nepisodes = 9\n"
                           "theta = { stage = 'measure', checkpoint = [0, 3] }\n[sweep]"));
  const Stage& judge = suite.stages.at(2);
  REQUIRE(judge.cells.size() == 24);
  CHECK(judge.cells[1].name ==
        "estimator=reinforce,optimizer.step=1e-4,checkpoint=10,measure.checkpoint=3");
  CHECK(suite.stages[1].cells[*judge.cells[1].theta_cell].name ==
        "estimator=reinforce,optimizer.step=1e-4,checkpoint=10");
  CHECK(judge.cells[1].configuration.theta_from->checkpoint == 3);
}

TEST_CASE("a condition over the sweep leaves theta to the cells that it keeps") {
  const SuiteFolder folder;
  const Suite suite = folder.read(replaced(chain("{ stage = 'train' }"), "[sweep]\n",
                                           "[sweep]\nwhen = 'optimizer.step < 1e-3'\n"));
  REQUIRE(measure(suite).cells.size() == 4);
  for (const Cell& cell : measure(suite).cells)
    CHECK(suite.stages[0].cells[*cell.theta_cell].name == cell.name);
}

TEST_CASE("theta that no stage leaves is an error at its place") {
  CHECK_THAT(error_of("{ stage = 'trian' }"),
             Contains("no stage is named 'trian'") && Contains("did you mean 'train'?"));
  CHECK_THAT(error_of("{ stage = 'measure' }"), Contains("expected a learn stage, got 'measure'"));
  CHECK_THAT(error_of("{ checkpoint = 3 }"), Contains("missing key 'stage' of 'theta'"));
  CHECK_THAT(error_of("{ stage = 'train', checkpiont = 3 }"),
             Contains("did you mean 'checkpoint'?"));
  CHECK_THAT(error_of("{ stage = 'train', checkpoint = 'best' }"),
             Contains("expected \"first\", \"last\", a number of updates or a list of them"));
  CHECK_THAT(error_of("{ stage = 'train', checkpoint = 31 }"),
             Contains(":27:41: error: 'theta': expected a checkpoint that stage 'train' keeps, got "
                      "31") &&
                 Contains("the nearest that it keeps is 30"));
  CHECK_THAT(error_of("{ stage = 'train', checkpoint = [10, 16] }", "iterations = 1000"),
             Contains(":27:46: error") && Contains("the nearest that it keeps is 20"));
  CHECK_THAT(
      SuiteFolder().errors(replaced(chain("{ stage = 'train', checkpoint = [3, 4] }"), "[sweep]\n",
                                    "[record]\ncheckpoints = { every = 3 }\n"
                                    "[sweep]\n")),
      Contains(":27:45: error") && Contains("the nearest that it keeps is 3"));
}

TEST_CASE("a policy with another number of parameters has no use for theta") {
  const SuiteFolder folder;
  Suite suite = folder.read(chain("{ stage = 'train' }"));
  Cell cell = measure(suite).cells[0];
  CHECK(cell.parameters == 2);
  suite.stages[0].cells[0].parameters = 3;
  Diagnostics diagnostics;
  ThetaNode theta;
  theta.place.source = std::make_shared<const Source>(Source{"a.toml", true, {"theta"}});
  ThetaCells(suite.stages[0]).connect(theta, cell, diagnostics);
  CHECK_THROWS_WITH(diagnostics.check(), Contains("as many parameters as that of stage 'train', 3, "
                                                  "got 2"));
}

TEST_CASE("about a hundred checkpoints are kept unless a suite says otherwise") {
  Configuration c;
  c.iterations = 1050;
  CHECK(checkpoint_every(c) == 10);
  CHECK(keeps_checkpoint(c, 0));
  CHECK(keeps_checkpoint(c, 1050));
  CHECK_FALSE(keeps_checkpoint(c, 1055));
  CHECK_FALSE(keeps_checkpoint(c, 15));
  CHECK(nearest_checkpoint(c, 15) == 10);
  CHECK(nearest_checkpoint(c, 16) == 20);
  CHECK(nearest_checkpoint(c, 1048) == 1050);
  c.record.checkpoints = 1;
  CHECK(keeps_checkpoint(c, 15));
  c.iterations = 1050, c.record.checkpoints = 1000;
  CHECK(nearest_checkpoint(c, 1026) == 1050);
}

TEST_CASE(
    "what is recorded of checkpoints is part of a learn stage alone, and only where it is asked") {
  const SuiteFolder folder;
  const Suite plain = folder.read(chain("[1, 2]"));
  const Suite kept = folder.read(chain("[1, 2]") + "[record]\ncheckpoints = 'all'\n");
  CHECK_THAT(plain.stages[0].cells[0].resolved, !Contains("checkpoints"));
  CHECK_THAT(kept.stages[0].cells[0].resolved, Contains("checkpoints = \"all\""));
  CHECK(kept.stages[1].cells[0].resolved == plain.stages[1].cells[0].resolved);
  CHECK_THAT(folder.errors(good_suite + "[record]\ncheckpoints = 'none'\n"),
             Contains("expected \"all\" or { every = k }"));
}

TEST_CASE(
    "a task needs the task that its theta is of, and no other, also when it names the stage") {
  const SuiteFolder folder;
  for (const char* after : {"", "after = 'train'\n"}) {
    const Suite suite = folder.read(replaced(chain("{ stage = 'train', checkpoint = [0, 30] }"),
                                             "batches = 10", std::string(after) + "batches = 10"));
    const Plan plan = make_plan(suite);
    REQUIRE(plan.tasks.size() == 18 + 36);
    CHECK(plan.stages[1].after.empty());
    for (std::size_t i = 18; i < plan.tasks.size(); ++i) {
      REQUIRE(plan.tasks[i].needs.size() == 1);
      const Task& need = plan.tasks[plan.tasks[i].needs[0]];
      CHECK(need.replicate == plan.tasks[i].replicate);
      CHECK(plan.tasks[i].file.find(suite.stages[0].cells[need.cell].name) != std::string::npos);
    }
  }
}

TEST_CASE("what changes the task that theta is of changes the identity of its dependents") {
  const SuiteFolder folder;
  const auto plan = [&](const std::string& text, const std::vector<std::string>& overrides = {}) {
    return make_plan(folder.read(text, overrides));
  };
  const std::string text = chain("{ stage = 'train', checkpoint = 10 }");
  const Plan first = plan(text);
  CHECK(shared(first, plan(text), 1) == 18);
  CHECK(shared(first, plan(text, {"train.divergence=10"}), 1) == 0);
  CHECK(shared(first, plan(chain("{ stage = 'train', checkpoint = 11 }")), 1) == 0);
  CHECK(shared(first, plan(text, {"measure.batches=11"}), 0) == 18);
  CHECK(shared(first, plan(text, {"replicates=4"}), 1) == 18);
}

TEST_CASE("a task whose need is changed is changed for that reason") {
  const SuiteFolder folder;
  const Suite suite = folder.read(chain("{ stage = 'train' }"));
  const Plan plan = make_plan(suite, [](const std::string&) { return std::string("other"); });
  CHECK(plan.tasks[0].why == "its run file is of another configuration, seed or build of a plugin");
  CHECK(plan.tasks[18].why == "needs " + plan.tasks[0].file + ", which is changed");
}

TEST_CASE("a stage with another before it has other noise, hence another identity") {
  const SuiteFolder folder;
  const std::string extra =
      "[[stage]]\nname = 'judge'\nkind = 'evaluate'\nepisodes = 10\n"
      "theta = 'initial'\n";
  const std::string text = chain("[1, 2]");
  const Plan plan = make_plan(folder.read(text));
  const Plan before = make_plan(folder.read(
      replaced(text, "[[stage]]\nname = 'measure'", extra + "[[stage]]\nname = 'measure'")));
  std::map<std::string, std::string> ids;
  for (const Task& task : plan.tasks) ids[task.file] = task.id;
  for (const Task& task : before.tasks)
    if (ids.count(task.file)) CHECK((ids[task.file] == task.id) == (task.stage == 0));
}

TEST_CASE("an evaluate stage needs a theta, and no bit of it hangs on its block") {
  const SuiteFolder folder;
  const std::string stage = heading + "[evaluate]\nepisodes = 100\n";
  CHECK_THAT(folder.errors(stage), Contains("missing key 'theta' of stage 'evaluate'"));
  const auto cell = [&](const std::string& keys) {
    return folder.read(stage + keys).stages[0].cells[0];
  };
  CHECK(cell("theta = 'initial'\n").configuration.theta.empty());
  CHECK_THAT(cell("theta = 'initial'\n").resolved, Contains("theta = \"initial\""));
  CHECK(cell("theta = [1, 2]\n").configuration.theta == std::vector<double>{1, 2});
  CHECK(cell("theta = [1, 2]\nblock = 5\n").configuration.block == 5);
  CHECK(cell("theta = [1, 2]\nblock = 5\n").resolved == cell("theta = [1, 2]\n").resolved);
  CHECK_THAT(folder.errors(stage + "theta = 'best'\n"),
             Contains("expected an array of reals, \"initial\" or { stage, checkpoint }"));
}

TEST_CASE("a report is the last stage and the only one, and has no keys of its own") {
  const SuiteFolder folder;
  const Suite suite = folder.read(good_suite + "[[stage]]\nname = 'page'\nkind = 'report'\n");
  const Plan plan = make_plan(suite);
  REQUIRE(plan.stages.size() == 2);
  CHECK(plan.stages[1].count == 0);
  CHECK(plan.stages[1].after == std::vector<std::size_t>{0});
  CHECK_THAT(to_dot(suite, plan), Contains("-> \"page\" [ltail=cluster_0, lhead=cluster_1]"));
  CHECK_THAT(folder.errors(good_suite + "[report]\n[[stage]]\nname = 'page'\nkind = 'report'\n"),
             Contains("expected at most one report stage"));
  CHECK_THAT(folder.errors(replaced(good_suite, "[learn]", "[learn]\nafter = 'report'") +
                           "[report]\nafter = []\n"),
             Contains("report stage 'report', which is the last"));
  CHECK_THAT(folder.errors(good_suite + "[report]\nepisodes = 3\n"),
             Contains("unknown key 'episodes' of stage 'report'"));
}

TEST_CASE("the plan draws from which cell and checkpoint theta comes") {
  const SuiteFolder folder;
  const Suite suite = folder.read(chain("{ stage = 'train', checkpoint = 10 }"));
  const std::string cell = "estimator=reinforce,optimizer.step=1e-4";
  CHECK_THAT(to_dot(suite, make_plan(suite)),
             Contains("\"train/" + cell + "\" -> \"measure/" + cell + "\" [label=10];"));
}
