#include "runner/slice.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <random>
#include <seedbed/error.hpp>

using namespace seedbed;
using Catch::Contains;

namespace {

Environment of(const std::map<std::string, std::string>& variables) {
  return [variables](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
}

std::string auto_of(const std::map<std::string, std::string>& variables) {
  return slice_named("auto", of(variables)).text();
}

/// Three stages: tasks, tasks that each continue one of them, tasks that wait for all of both.
struct Drawn {
  Plan plan;
  std::vector<double> cost;

  explicit Drawn(unsigned seed) {
    std::mt19937 random(seed);
    const std::size_t first = 1 + random() % 40, next = random() % 40, last = random() % 20;
    plan.stages = {{"first", 0, {}, 0, first},
                   {"next", 1, {}, first, next},
                   {"last", 2, {0, 1}, first + next, last}};
    plan.tasks.resize(first + next + last);
    for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
      cost.push_back(static_cast<double>(random() % 1000));
      if (i >= first && i < first + next) plan.tasks[i].needs = {random() % first};
    }
  }

  /// What task i waits for.
  std::vector<std::size_t> needs(std::size_t i) const {
    std::vector<std::size_t> all = plan.tasks[i].needs;
    if (i >= plan.stages[2].first) all.resize(plan.stages[2].first);
    if (i >= plan.stages[2].first) std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }
};

Plan tasks(std::size_t count) {
  Plan plan;
  plan.stages = {{"only", 0, {}, 0, count}};
  plan.tasks.resize(count);
  return plan;
}

}  // namespace

TEST_CASE("a slice is i/n from 1, and anything else is refused with what is expected") {
  CHECK(slice_named("2/4").text() == "2/4");
  CHECK(slice_named("1/1").text() == "1/1");
  for (const char* wrong : {"0/4", "5/4", "4", "a/4", "1/", "/4", "1/4 ", "-1/4", "1/0", ""})
    CHECK_THROWS_WITH(slice_named(wrong), Contains("expected i/n with 1 <= i <= n") &&
                                              Contains(std::string("got '") + wrong + "'"));
}

TEST_CASE("a rank of MPI, of PMI and of Slurm is a slice") {
  CHECK(auto_of({{"OMPI_COMM_WORLD_RANK", "0"}, {"OMPI_COMM_WORLD_SIZE", "4"}}) == "1/4");
  CHECK(auto_of({{"PMI_RANK", "3"}, {"PMI_SIZE", "4"}}) == "4/4");
  CHECK(auto_of({{"SLURM_PROCID", "1"}, {"SLURM_NTASKS", "3"}}) == "2/3");
  CHECK(auto_of({{"SLURM_PROCID", "1"},
                 {"SLURM_NTASKS", "8"},
                 {"SLURM_STEP_NUM_TASKS", "2"},
                 {"SLURM_STEP_ID", "0"},
                 {"SLURM_JOB_ID", "7"}}) == "2/2");
}

TEST_CASE("mpirun inside of a Slurm job goes by mpirun's ranks") {
  CHECK(auto_of({{"OMPI_COMM_WORLD_RANK", "2"},
                 {"OMPI_COMM_WORLD_SIZE", "4"},
                 {"SLURM_JOB_ID", "7"},
                 {"SLURM_PROCID", "0"},
                 {"SLURM_NTASKS", "4"}}) == "3/4");
}

TEST_CASE("a task of a job array is a slice, wherever the array starts and however it steps") {
  const std::map<std::string, std::string> bounds = {{"SLURM_ARRAY_TASK_MIN", "10"},
                                                     {"SLURM_ARRAY_TASK_MAX", "19"},
                                                     {"SLURM_ARRAY_TASK_STEP", "3"}};
  for (const auto& [id, slice] : std::map<std::string, std::string>{
           {"10", "1/4"}, {"13", "2/4"}, {"16", "3/4"}, {"19", "4/4"}}) {
    auto variables = bounds;
    variables["SLURM_ARRAY_TASK_ID"] = id;
    CHECK(auto_of(variables) == slice);
    variables.emplace("SLURM_ARRAY_TASK_COUNT", "4");
    CHECK(auto_of(variables) == slice);
  }
}

TEST_CASE("an array with gaps is refused: its tasks cannot know their places") {
  CHECK_THROWS_WITH(auto_of({{"SLURM_ARRAY_TASK_ID", "9"},
                             {"SLURM_ARRAY_TASK_MIN", "1"},
                             {"SLURM_ARRAY_TASK_MAX", "9"},
                             {"SLURM_ARRAY_TASK_COUNT", "3"}}),
                    Contains("without gaps") && Contains("--slice i/n"));
}

TEST_CASE("the processes of every task of an array share out the whole") {
  std::vector<std::string> slices;
  for (int task = 1; task <= 3; ++task)
    for (int rank = 0; rank < 2; ++rank)
      slices.push_back(auto_of({{"SLURM_ARRAY_TASK_ID", std::to_string(task)},
                                {"SLURM_ARRAY_TASK_MIN", "1"},
                                {"SLURM_ARRAY_TASK_COUNT", "3"},
                                {"SLURM_JOB_ID", "7"},
                                {"SLURM_STEP_ID", "0"},
                                {"SLURM_PROCID", std::to_string(rank)},
                                {"SLURM_STEP_NUM_TASKS", "2"}}));
  CHECK(slices == std::vector<std::string>{"1/6", "2/6", "3/6", "4/6", "5/6", "6/6"});
}

TEST_CASE("auto outside of any job, and in a batch script of several tasks, says what to do") {
  CHECK_THROWS_WITH(auto_of({}), Contains("OMPI_COMM_WORLD_RANK") && Contains("--slice i/n"));
  CHECK_THROWS_WITH(auto_of({{"SLURM_JOB_ID", "7"}, {"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "4"}}),
                    Contains("with srun"));
  CHECK_THROWS_WITH(auto_of({{"PMI_RANK", "4"}, {"PMI_SIZE", "4"}}), Contains("4 of 4"));
  CHECK_THROWS_WITH(auto_of({{"PMI_RANK", "x"}, {"PMI_SIZE", "4"}}), Contains("got 'x'"));
}

TEST_CASE("slices are disjoint, cover the plan, and keep a task with the one that it continues") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Drawn drawn(seed);
    const std::size_t count = 1 + seed % 7;
    const Slicing slicing = cut(drawn.plan, drawn.cost, count);
    REQUIRE(slicing.slice.size() == drawn.cost.size());
    REQUIRE(slicing.wave.size() == drawn.cost.size());
    for (std::size_t task = 0; task < drawn.cost.size(); ++task) {
      REQUIRE(slicing.slice[task] >= 1);
      REQUIRE(slicing.slice[task] <= count);
      REQUIRE(slicing.wave[task] < slicing.waves);
      for (const std::size_t need : drawn.needs(task))
        REQUIRE((slicing.wave[need] < slicing.wave[task] ||
                 slicing.slice[need] == slicing.slice[task]));
      if (drawn.plan.tasks[task].needs.size() == 1)
        REQUIRE(slicing.slice[task] == slicing.slice[drawn.plan.tasks[task].needs[0]]);
    }
  }
}

TEST_CASE("of no wave has a slice more than the mean and the dearest chain") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Drawn drawn(seed);
    const std::size_t count = 2 + seed % 5;
    const Slicing slicing = cut(drawn.plan, drawn.cost, count);
    for (std::size_t wave = 0; wave < slicing.waves; ++wave) {
      std::vector<double> load(count + 1), chain(drawn.cost.size());
      std::vector<std::size_t> first(drawn.cost.size());
      for (std::size_t task = 0; task < drawn.cost.size(); ++task) {
        const auto needs = drawn.needs(task);
        const bool continues = !needs.empty() && slicing.wave[needs[0]] == slicing.wave[task];
        first[task] = continues ? first[needs[0]] : task;
        if (slicing.wave[task] != wave) continue;
        load[slicing.slice[task]] += drawn.cost[task];
        chain[first[task]] += drawn.cost[task];
      }
      const double mean =
          std::accumulate(load.begin(), load.end(), 0.0) / static_cast<double>(count);
      const double most = *std::max_element(load.begin(), load.end());
      CHECK(most <= mean + *std::max_element(chain.begin(), chain.end()));
    }
  }
}

TEST_CASE("tasks of equal cost are shared out evenly, also those that cost nothing") {
  for (const double cost : {1.0, 0.0}) {
    const Slicing slicing = cut(tasks(40), std::vector<double>(40, cost), 4);
    for (std::size_t slice = 1; slice <= 4; ++slice)
      CHECK(std::count(slicing.slice.begin(), slicing.slice.end(), slice) == 10);
  }
}

TEST_CASE("a process of a Slurm job takes its share of processors") {
  CHECK(processors(of({})) >= 1);
  CHECK(processors(of({{"SLURM_CPUS_PER_TASK", "1"}, {"SLURM_CPUS_ON_NODE", "64"}})) == 1);
  CHECK(processors(of({{"SLURM_CPUS_ON_NODE", "1"}})) == 1);
  CHECK(processors(of({{"SLURM_CPUS_ON_NODE", "4"},
                       {"SLURM_STEP_ID", "0"},
                       {"SLURM_STEP_TASKS_PER_NODE", "4(x2)"}})) == 1);
  CHECK(processors(of({{"OMPI_COMM_WORLD_LOCAL_SIZE", "100000"}})) == 1);
}
