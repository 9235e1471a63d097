#include <algorithm>
#include <cmath>

#include "analysis/comparison/matching.hpp"

namespace seedbed::comparison {

void restrict_steps(MatchedStage& stage) {
  double censored = INFINITY, last = 0.0;
  const auto each_present = [&](auto&& use) {
    for (auto& [a, b] : stage.pairs)
      for (Group* group : {&a, &b})
        for (std::size_t r = 0; r < group->reach.size(); ++r)
          if (group->present[r]) use(*group, r);
  };
  each_present([&](const Group& group, std::size_t r) {
    const statistics::Reach& reach = group.reach[r];
    if (reach.reached) last = std::max(last, reach.steps);
    if (!reach.reached) censored = std::min(censored, reach.steps);
  });
  if (stage.pairs.empty() || stage.pairs[0].first.reach.empty()) return;
  stage.horizon = std::isfinite(censored) ? censored : last;
  each_present([&](Group& group, std::size_t r) {
    statistics::Reach& reach = group.reach[r];
    reach.reached = reach.reached && reach.steps <= stage.horizon;
    reach.steps = group.values[r] = std::min(reach.steps, stage.horizon);
  });
}

}  // namespace seedbed::comparison
