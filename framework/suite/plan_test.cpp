#include <map>
#include <set>

#include "suite/order.hpp"
#include "suite/suite_folder.hpp"

using namespace seedbed;
using Catch::Contains;

namespace {

/// Task ids by file.
std::map<std::string, std::string> ids_of(const Plan& plan) {
  std::map<std::string, std::string> ids;
  for (const Task& task : plan.tasks) ids[task.file] = task.id;
  return ids;
}

/// How many tasks of `other` are, by file and id, in `plan`.
std::size_t shared(const Plan& plan, const Plan& other) {
  const auto a = ids_of(plan), b = ids_of(other);
  std::size_t count = 0;
  for (const auto& [file, id] : a) count += b.count(file) && b.at(file) == id;
  return count;
}

const std::string two_stages = good_suite + R"(
[[stage]]
name = "measure"
kind = "gradient"
after = "learn"
batches = 100
episodes = 4
)";

}  // namespace

TEST_CASE("a plan has a task for every replicate of every cell, with ids that all differ") {
  const SuiteFolder folder;
  const Plan plan = make_plan(folder.read(good_suite));
  REQUIRE(plan.tasks.size() == 18);
  CHECK(plan.tasks[1].file == "runs/learn/estimator=reinforce,optimizer.step=1e-4/r0001.h5");
  std::set<std::string> ids;
  for (const Task& task : plan.tasks) ids.insert(task.id);
  CHECK(ids.size() == 18);
  CHECK(plan.count(Task::State::fresh) == 18);
}

TEST_CASE("one more replicate or one more value on an axis leaves every other id alone") {
  const SuiteFolder folder;
  const Plan plan = make_plan(folder.read(good_suite));
  const Plan more = make_plan(folder.read(good_suite, {"replicates=4"}));
  CHECK(more.tasks.size() == 24);
  CHECK(shared(plan, more) == 18);
  const std::string wide = replaced(good_suite, "[1e-4,", "[1e-5, 1e-4,");
  const Plan wider = make_plan(folder.read(wide));
  CHECK(wider.tasks.size() == 24);
  CHECK(shared(plan, wider) == 18);
  const std::vector<std::string> independent = {"pairing=independent"};
  CHECK(shared(make_plan(folder.read(good_suite, independent)),
               make_plan(folder.read(wide, independent))) == 18);
}

TEST_CASE("two stages that are the same but for their place have tasks of their own") {
  const SuiteFolder folder;
  const std::string text = replaced(
      two_stages, "[[stage]]",
      "[[stage]]\nname = \"b\"\nkind = \"gradient\"\nbatches = 100\nepisodes = 4\n[[stage]]");
  const Plan plan = make_plan(folder.read(text));
  std::set<std::string> ids;
  for (const Task& task : plan.tasks) ids.insert(task.id);
  CHECK(ids.size() == plan.tasks.size());
}

TEST_CASE("what decides the result changes the ids and comments, order and titles do not") {
  const SuiteFolder folder;
  const Plan plan = make_plan(folder.read(good_suite));
  CHECK(shared(plan, make_plan(folder.read("# why\n" + good_suite))) == 18);
  CHECK(shared(plan, make_plan(folder.read(good_suite, {"title=Other"}))) == 18);
  CHECK(shared(plan, make_plan(folder.read(good_suite, {"seed=8"}))) == 0);
  CHECK(shared(plan, make_plan(folder.read(good_suite, {"policy.sigma=0.05"}))) == 0);
  CHECK(shared(plan, make_plan(folder.read(good_suite, {"pairing=independent"}))) == 0);
  CHECK(shared(plan, make_plan(folder.read(good_suite, {"iterations=6"}))) == 0);
}

TEST_CASE("a task is done, changed or damaged by what its run file says") {
  const SuiteFolder folder;
  const Suite suite = folder.read(good_suite);
  const auto ids = ids_of(make_plan(suite));
  const Plan plan = make_plan(suite, [&](const std::string& file) -> std::optional<std::string> {
    if (file.ends_with("r0000.h5")) return ids.at(file);
    if (file.ends_with("r0001.h5")) return "another";
    if (file.find("=1e-3/") != std::string::npos) throw Error(file + ": truncated", Exit::damaged);
    return std::nullopt;
  });
  CHECK(plan.count(Task::State::done) == 6);
  CHECK(plan.count(Task::State::changed) == 6);
  CHECK(plan.count(Task::State::damaged) == 2);
  CHECK(plan.count(Task::State::fresh) == 4);
  for (const Task& task : plan.tasks)
    if (task.state == Task::State::damaged) CHECK_THAT(task.why, Contains("truncated"));
}

TEST_CASE("a stage's tasks come after those of the stages that it waits for") {
  const SuiteFolder folder;
  const std::string text = replaced(two_stages, "name = \"measure\"", "name = \"a\"");
  const Suite suite = folder.read(
      replaced(replaced(text, "after = \"learn\"", ""), "[learn]", "[learn]\nafter = [\"a\"]"));
  const Plan plan = make_plan(suite);
  REQUIRE(plan.stages.size() == 2);
  CHECK(plan.stages[0].name == "a");
  CHECK(plan.stages[1].after == std::vector<std::size_t>{0});
  CHECK(plan.stages[1].first == plan.stages[0].count);
  CHECK(suite.stages[plan.tasks.back().stage].name == "learn");
}

TEST_CASE("a cycle of stages is an error that names its members") {
  const SuiteFolder folder;
  Suite suite = folder.read(two_stages);
  suite.stages[0].after = {"measure"};
  CHECK_THROWS_WITH(make_plan(suite), Contains("learn -> measure -> learn"));
}

TEST_CASE("the order of a graph keeps everything after what it waits for, or finds a cycle") {
  const After after = {{2}, {}, {1}, {0, 1}};
  CHECK(topological_order(after) == std::vector<std::size_t>{1, 2, 0, 3});
  CHECK(cycle_of(after).empty());
  CHECK(cycle_of({{}, {3}, {1}, {2}}).size() == 3);
  CHECK(cycle_of({{0}}) == std::vector<std::size_t>{0});
}

TEST_CASE("the plan is drawn with its stages, its cells and what waits for what") {
  const SuiteFolder folder;
  const Suite suite = folder.read(two_stages);
  const std::string dot = to_dot(suite, make_plan(suite));
  CHECK_THAT(dot, Contains("digraph plan") && Contains("label=\"measure (gradient)\"") &&
                      Contains("ltail=cluster_0, lhead=cluster_1") && Contains("\\n0 of 3 done"));
}

TEST_CASE("every task of a large plan has its own identity and its own file") {
  const SuiteFolder folder;
  const Plan plan = make_plan(folder.read(good_suite, {"replicates=1700"}));
  std::set<std::string> ids, files;
  for (const Task& task : plan.tasks) ids.insert(task.id), files.insert(task.file);
  CHECK(plan.tasks.size() == 10200);
  CHECK(ids.size() == 10200);
  CHECK(files.size() == 10200);
}
