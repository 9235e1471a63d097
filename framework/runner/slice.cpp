#include "runner/slice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "suite/cost.hpp"

namespace seedbed {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Tasks that stay together, or what others need of them.
struct Chain {
  std::size_t wave = 0;
  double cost = 0;
};

/// The chain that all needs of a task lie in, if it is one, and the first wave in which they are
/// there if it is not.
struct Needs {
  std::size_t chain = none, wave = 0;
  bool any = false;

  void add(std::size_t other, const std::vector<Chain>& chains) {
    chain = !any || chain == other ? other : none;
    wave = std::max(wave, chains[other].wave + 1);
    any = true;
  }
};

class Chains {
 public:
  Chains(const Plan& plan, const std::vector<double>& cost) : of_task(plan.tasks.size()) {
    for (const PlannedStage& stage : plan.stages) {
      Needs before;
      for (const std::size_t other : stage.after)
        for (std::size_t i = 0; i < plan.stages[other].count; ++i)
          before.add(of_task[plan.stages[other].first + i], all);
      for (std::size_t task = stage.first; task < stage.first + stage.count; ++task) {
        Needs needs = before;
        for (const std::size_t need : plan.tasks[task].needs) needs.add(of_task[need], all);
        of_task[task] = needs.any && needs.chain != none ? needs.chain : all.size();
        if (of_task[task] == all.size()) all.push_back({needs.wave, 0});
        all[of_task[task]].cost += cost[task];
      }
    }
  }

  std::vector<Chain> all;
  std::vector<std::size_t> of_task;
};

}  // namespace

std::string Slice::text() const {
  return fmt::format("{}/{}", index, count);
}

std::string Slice::name() const {
  return fmt::format("{}-of-{}", index, count);
}

/// Graham's rule of the longest processing time first (SIAM J. Appl. Math. 17, 1969), per wave.
Slicing cut(const Plan& plan, const std::vector<double>& cost, std::size_t count) {
  const Chains chains(plan, cost);
  const std::vector<Chain>& all = chains.all;
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return all[a].wave != all[b].wave ? all[a].wave < all[b].wave : all[a].cost > all[b].cost;
  });

  struct Load {
    double wave = 0, whole = 0;  ///< cost in this wave; in all so far
    std::size_t chains = 0;
    auto operator<=>(const Load&) const = default;
  };
  std::vector<Load> loads(count);
  std::vector<std::size_t> slice_of(all.size());
  std::size_t wave = 0;
  for (const std::size_t c : order) {
    if (all[c].wave != wave)
      for (Load& load : loads) load.wave = 0;
    wave = all[c].wave;
    const auto least = std::min_element(loads.begin(), loads.end());
    *least = {least->wave + all[c].cost, least->whole + all[c].cost, least->chains + 1};
    slice_of[c] = static_cast<std::size_t>(least - loads.begin()) + 1;
  }

  Slicing slicing{{}, {}, wave + 1};
  for (const std::size_t chain : chains.of_task) {
    slicing.slice.push_back(slice_of[chain]);
    slicing.wave.push_back(all[chain].wave);
  }
  return slicing;
}

std::vector<double> nominal_costs(const Suite& suite, const Plan& plan) {
  std::vector<double> costs;
  for (const Task& task : plan.tasks)
    costs.push_back(nominal_cost(suite.stages[task.stage].cells[task.cell].configuration));
  return costs;
}

}  // namespace seedbed
