#include <fmt/format.h>

#include "laws/environment.hpp"
#include "loader/registry.hpp"

namespace seedbed::contract {

void reward_bound_law(const EnvironmentTrial& trial) {
  const auto* bound = static_cast<const seedbed_reward_bound*>(
      trial.environment.plugin().capability(SEEDBED_ENVIRONMENT_REWARD_BOUND));
  double low = 0.0, high = 0.0;
  bound->bound(trial.environment.self(), &low, &high);
  const char* law = "rewards are within their bound";
  demand(low <= high, law, fmt::format("expected low <= high, got {} and {}", low, high));
  const Walked w = walk(trial);
  for (std::size_t t = 0; t < trial.steps; ++t)
    for (std::size_t j = 0; j < w.after[t].reward.size(); ++j) {
      const double reward = w.after[t].reward(0, j);
      if (!(reward >= low && reward <= high))
        demand(false, law,
               fmt::format("expected {} to {}, got {} (step {} of the walk, lane {}:{}{})", low,
                           high, reward, t, j, column_text("state", w.state[t], j),
                           column_text("action", w.in[t].action, j)));
    }
}

}  // namespace seedbed::contract
