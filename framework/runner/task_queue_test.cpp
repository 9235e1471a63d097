#include "runner/task_queue.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace seedbed;

namespace {

/// Stages "train", "measure" and "judge" of three tasks each. Task k of "measure" needs task k of
/// "train"; "judge" needs the whole of "measure".
Plan chain() {
  Plan plan;
  for (const char* name : {"train", "measure", "judge"}) {
    PlannedStage stage{name, plan.stages.size(), {}, plan.tasks.size(), 3};
    for (std::size_t k = 0; k < 3; ++k) {
      Task task;
      task.stage = stage.stage;
      task.file = std::string(name) + std::to_string(k);
      if (stage.stage == 1) task.needs = {k};
      plan.tasks.push_back(task);
    }
    if (stage.stage == 2) stage.after = {1};
    plan.stages.push_back(stage);
  }
  return plan;
}

/// Hands out what is to be done, one task after the other; those in `bad` fail.
struct Trial {
  std::vector<std::size_t> taken;
  std::map<std::size_t, std::string> failed;

  Trial(const Plan& plan, const std::vector<std::size_t>& todo,
        const std::vector<std::size_t>& bad = {}) {
    TaskQueue queue(plan, todo);
    const auto see_not_run = [&] {
      for (const auto& [task, cause] : queue.not_run())
        failed[task] = "not run: needs " + plan.tasks[cause].file;
    };
    see_not_run();
    while (const auto task = queue.take()) {
      taken.push_back(*task);
      const bool done = std::find(bad.begin(), bad.end(), *task) == bad.end();
      if (!done) failed[*task] = "bad";
      queue.close(*task, done);
      see_not_run();
    }
  }
};

using Numbers = std::vector<std::size_t>;
const Numbers all = {0, 1, 2, 3, 4, 5, 6, 7, 8};

}  // namespace

TEST_CASE("tasks are handed out in the order of the plan") {
  const Trial trial(chain(), all);
  CHECK(trial.taken == all);
  CHECK(trial.failed.empty());
}

TEST_CASE("a failed task fails those that need it, by the name of its run file, and nothing else") {
  const Trial trial(chain(), {0, 1, 2, 3, 4, 5}, {1});
  CHECK(trial.taken == Numbers{0, 1, 2, 3, 5});
  CHECK(trial.failed ==
        std::map<std::size_t, std::string>{{1, "bad"}, {4, "not run: needs train1"}});
}

TEST_CASE("one failed task fails a stage that needs the whole of another") {
  const Trial trial(chain(), all, {1});
  CHECK(trial.taken == Numbers{0, 1, 2, 3, 5});
  REQUIRE(trial.failed.size() == 5);
  for (const std::size_t task : {6U, 7U, 8U})
    CHECK(trial.failed.at(task) == "not run: needs train1");
}

TEST_CASE("what is done already is not waited for, and what is not there is a reason to fail") {
  Plan plan = chain();
  plan.tasks[0].state = Task::State::done;
  const Trial trial(plan, {3, 4});
  CHECK(trial.taken == Numbers{3});
  CHECK(trial.failed == std::map<std::size_t, std::string>{{4, "not run: needs train1"}});
}

TEST_CASE("a task starts when what it needs is done, though its stage mates wait") {
  const Plan plan = chain();
  TaskQueue queue(plan, all);
  CHECK(queue.take() == 0u);
  CHECK(queue.take() == 1u);
  CHECK(queue.take() == 2u);
  CHECK(!queue.take());
  queue.close(2, true);
  CHECK(queue.take() == 5u);
  queue.close(0, true);
  CHECK(queue.take() == 3u);
}

TEST_CASE("a stage without tasks passes on what it waits for") {
  Plan plan = chain();
  plan.stages[2].after = {3};
  plan.stages.push_back({"report", 3, {0}, 9, 0});
  const Trial trial(plan, all, {1});
  CHECK(trial.failed.at(6) == "not run: needs train1");
}

TEST_CASE("the graph of tasks is linear in tasks and its order keeps what is needed first") {
  const Plan plan = chain();
  const TaskGraph graph = task_graph(plan);
  CHECK(boost::num_vertices(graph) == 12);
  CHECK(boost::num_edges(graph) == 9 + 3 + 3 + 1);
  const Numbers order = topological_order(graph);
  Numbers place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (auto [edge, end] = boost::edges(graph); edge != end; ++edge)
    CHECK(place[boost::source(*edge, graph)] < place[boost::target(*edge, graph)]);
}
