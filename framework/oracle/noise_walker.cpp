#include "oracle/noise_walker.hpp"

#include <utility>

namespace seedbed {

void Walker::go_on(std::vector<double> next_state, std::vector<double> next_observation,
                   double reward, const NoiseNode& step_noise) {
  last = std::make_shared<const Step>(Step{std::move(state), std::move(observation),
                                           std::move(action), log_prob, reward, policy_noise,
                                           step_noise, std::move(last)});
  state = std::move(next_state);
  observation = std::move(next_observation);
  ++steps;
}

void Walker::record(std::size_t episode, Recording& to) const {
  const auto put = [](Rows& rows, std::size_t column, const std::vector<double>& numbers) {
    for (std::size_t i = 0; i < rows.rows(); ++i) rows.row(i)[column] = numbers[i];
  };
  std::size_t j = to.add(episode, steps) + steps;
  for (const Step* step = last.get(); step; step = step->before.get()) {
    --j;
    put(to.observation, j, step->observation);
    put(to.action, j, step->action);
    put(to.reward, j, {step->reward});
    put(to.log_prob, j, {step->log_prob});
    put(to.state, j, step->state);
    put(to.policy_uniform, j, step->policy_noise.uniform);
    put(to.policy_normal, j, step->policy_noise.normal);
    put(to.step_uniform, j, step->step_noise.uniform);
    put(to.step_normal, j, step->step_noise.normal);
  }
  put(to.final_observation, episode, observation);
  put(to.terminated, episode, {terminated ? 1.0 : 0.0});
  put(to.reset_uniform, episode, reset_noise.uniform);
  put(to.reset_normal, episode, reset_noise.normal);
}

}  // namespace seedbed
