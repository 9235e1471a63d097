#include "proof/recreation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <seedbed/error.hpp>

#include "engine/gradient_study.hpp"
#include "engine/learner.hpp"
#include "engine/statistics.hpp"
#include "runner/replicate.hpp"

namespace seedbed {

namespace {

Episode episode_of(const seedbed_batch& batch, std::uint64_t position, const DecisionProblem& p) {
  if (position >= batch.episodes)
    throw Error(fmt::format("expected an episode from 0 to {} of its batch, got {}",
                            batch.episodes - 1, position));
  EpisodeBlock one;
  one.episodes = 1;
  one.begin = batch.begin + position;
  one.length = batch.length + position;
  const auto rows = [&](seedbed_in samples, std::size_t components) {
    return gather(one, samples, components);
  };
  Episode episode{rows(batch.observation, p.environment_info().observation->size),
                  rows(batch.action, p.environment_info().action->size),
                  rows({batch.reward, 0}, 1),
                  rows({batch.log_prob, 0}, 1),
                  {},
                  returns_of(batch)[position],
                  batch.terminated[position] != 0};
  for (std::size_t c = 0; c < p.environment_info().observation->size; ++c)
    episode.final_observation.push_back(
        batch.final_observation.data[c * batch.final_observation.stride + position]);
  return episode;
}

/// The episode alone, by its noise: a trajectory depends on nothing else.
Episode roll_out(const DecisionProblem& problem, const std::vector<double>& theta,
                 const Noise& noise, const EpisodePlace& place, bool antithetic) {
  Rollout rollout(problem, 0);
  Recording recording(rollout.shape());
  Arena arena;
  Request one;
  one.theta = theta;
  one.episodes = 1;
  one.first_noise = place.noise;
  one.transform = antithetic ? SEEDBED_ANTITHETIC : SEEDBED_PLAIN;
  rollout.run({one}, noise, static_cast<std::uint32_t>(place.iteration), recording, arena);
  return episode_of(recording.view(), 0, problem);
}

/// From the last checkpoint at or before the iteration, where theta is all that there is to know.
LearnState start_of(const Learner& learner, std::uint64_t iteration,
                    const std::vector<Checkpoint>& checkpoints) {
  LearnState state = learner.begin();
  if (!state.optimizer.empty() || !state.estimator.empty()) return state;
  for (const Checkpoint& each : checkpoints)
    if (each.iteration <= iteration) {
      state.iteration = each.iteration;
      state.theta = each.theta;
    }
  return state;
}

void learn(const Configuration& c, const Noise& noise, const EpisodePlace& place,
           const std::vector<Checkpoint>& checkpoints, Recreation& result) {
  if (place.iteration >= c.iterations)
    throw Error(fmt::format("expected an iteration from 0 to {}, got {}", c.iterations - 1,
                            place.iteration));
  Learner learner(c, noise);
  const bool plans = EstimatorInUse(c.estimators.at(0), learner.problem()).plans();
  LearnState state = start_of(learner, place.iteration, checkpoints);
  result.from_iteration = state.iteration;
  result.iterations = place.iteration - state.iteration + (plans ? 1 : 0);
  while (state.iteration < place.iteration) learner.step(state);
  result.episode = plans
                       ? episode_of(learner.step(state).batch, place.position, learner.problem())
                       : roll_out(learner.problem(), state.theta, noise, place, result.antithetic);
}

/// Which estimator the recorded batch was drawn for: the last that plans, else none.
std::ptrdiff_t planner_of(const GradientStudy& study) {
  std::ptrdiff_t planner = -1;
  bool shared = false;
  for (std::size_t e = 0; e < study.estimators(); ++e) {
    const bool plans = study.estimator_in_use(e).plans();
    if (plans || !shared) planner = plans ? static_cast<std::ptrdiff_t>(e) : -1;
    shared = !plans;
  }
  return planner;
}

void study(const Configuration& c, const Noise& noise, const EpisodePlace& place,
           Recreation& result) {
  if (place.iteration >= c.iterations)
    throw Error(
        fmt::format("expected a batch from 0 to {}, got {}", c.iterations - 1, place.iteration));
  GradientStudy study(c, noise);
  const std::ptrdiff_t planner = planner_of(study);
  if (planner < 0) {
    result.episode = roll_out(study.problem(), study.theta(), noise, place, result.antithetic);
    return;
  }
  const bool has_state = !study.estimator_in_use(static_cast<std::size_t>(planner)).state.empty();
  result.from_iteration = has_state ? 0 : place.iteration;
  result.iterations = place.iteration - result.from_iteration + 1;
  for (std::uint64_t i = result.from_iteration; i <= place.iteration; ++i) study.step(i);
  result.episode = episode_of(study.batch(), place.position, study.problem());
}

void evaluate(const Configuration& c, const Noise& noise, const EpisodePlace& place,
              Recreation& result) {
  if (place.noise >= c.episodes)
    throw Error(
        fmt::format("expected an episode from 0 to {}, got {}", c.episodes - 1, place.noise));
  const DecisionProblem problem(c);
  result.episode =
      roll_out(problem, initial_theta(problem, c.theta, noise), noise, place, result.antithetic);
}

}  // namespace

Recreation recreate(const Configuration& c, const Noise& noise, const EpisodePlace& named,
                    const std::vector<Checkpoint>& checkpoints) {
  Recreation result;
  EpisodePlace place = named;
  const std::uint64_t half = c.episodes / 2;
  result.antithetic = c.kind != StageKind::evaluate && c.antithetic && place.position >= half;
  if (result.antithetic && !place.row) place.noise = place.position - half;
  const DecisionProblem problem(c);
  result.observation = component_names(*problem.environment_info().observation);
  result.action = component_names(*problem.environment_info().action);
  if (c.kind == StageKind::learn)
    learn(c, noise, place, checkpoints, result);
  else if (c.kind == StageKind::gradient)
    study(c, noise, place, result);
  else
    evaluate(c, noise, place, result);
  return result;
}

}  // namespace seedbed
