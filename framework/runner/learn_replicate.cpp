#include <cmath>
#include <optional>

#include "engine/checkpoint.hpp"
#include "engine/learner.hpp"
#include "oracle/exact.hpp"
#include "runner/replicate.hpp"
#include "runner/stop_request.hpp"

namespace seedbed {

namespace {

std::vector<Column> learning_columns() {
  return {{"return_mean", "reward", "mean over episodes of the discounted return"},
          {"return_std", "reward", "standard deviation of the return between episodes"},
          {"return_min", "reward", "smallest return"},
          {"return_max", "reward", "largest return"},
          {"reward_sum_mean", "reward", "mean over episodes of the undiscounted sum of rewards"},
          {"episode_length_mean", "steps", "mean length of an episode"},
          {"gradient_norm", "reward", "Euclidean norm of the gradient estimate"},
          {"entropy", "nat", "minus the mean of log pi(a|s)"},
          {"env_steps", "steps", "environment steps so far, this iteration included"}};
}

std::vector<double> learning_row(const Iteration& now, double env_steps) {
  const BatchStatistics& s = now.statistics;
  return {s.return_mean,         s.return_std,      s.return_min, s.return_max, s.reward_sum_mean,
          s.episode_length_mean, now.gradient_norm, s.entropy,    env_steps};
}

/// /policy: theta and, where an oracle knows it, J(theta).
class Checkpoints {
 public:
  Checkpoints(RunFile& file, Learner& learner, const Configuration& configuration)
      : file_(file), learner_(learner), every_(checkpoint_every(configuration)) {
    file_.record_policy(parameter_names(learner.problem().policy_info()));
  }
  void visit(const LearnState& state, bool last, bool diverged = false) {
    if (state.iteration % every_ != 0 && !last) return;
    file_.append_checkpoint(static_cast<std::int64_t>(state.iteration), state.theta);
    const DecisionProblem& p = learner_.problem();
    auto truth = exact(p.environment(), p.policy(), p.objective().horizon, p.objective().discount,
                       state.theta, arena_);
    if (!truth) return;
    if (diverged) truth->J = -INFINITY;  // far from any optimum, where J overflows
    if (!declared_)
      file_.writer().growing("/policy/J", Writer::Kind::real, {"checkpoint"},
                             {"reward", "exact objective J(theta)"});
    declared_ = true;
    file_.writer().append("/policy/J", std::span(&truth->J, 1));
  }

 private:
  RunFile& file_;
  Learner& learner_;
  std::uint64_t every_;
  Arena arena_;
  bool declared_ = false;
};

void record_gradient(RunFile& file, const Iteration& now) {
  const auto units = static_cast<std::int64_t>(now.estimate.units);
  file.append_gradient(static_cast<std::int64_t>(now.index), now.estimate.gradient,
                       now.estimate.variance(), std::span(&units, 1), now.estimate.contributions);
}

bool due(std::uint64_t every, std::uint64_t iteration) {
  return every != 0 && iteration % every == 0;
}

}  // namespace

Ending run_learn(const Replicate& replicate, RunFile& file) {
  const Configuration c = replicate.configuration();
  Learner learner(c, noise_of(replicate));
  const auto& environment = learner.problem().environment_info();
  Series& learning = file.series("/learning", "iteration", learning_columns());
  Series& timing = file.series("/timing", "iteration",
                               {{"wall_seconds", "s", "wall time of the iteration"},
                                {"cpu_seconds", "s", "processor time of the iteration"}});
  if (c.record.gradients)
    file.record_gradients(estimator_names(c), parameter_names(learner.problem().policy_info()),
                          c.record.contributions ? c.episodes : 0);
  if (c.record.trajectories)
    file.record_trajectories(component_names(*environment.observation),
                             component_names(*environment.action));
  Checkpoints policy(file, learner, c);

  LearnState state = learner.begin();
  policy.visit(state, c.iterations == 0);
  double env_steps = 0.0;
  bool diverged = false;
  while (state.iteration < c.iterations && !diverged) {
    if (stop_requested()) return Ending::stopped;
    const Stopwatch watch;
    const Iteration now = learner.step(state);
    diverged = now.diverged;
    const auto index = static_cast<std::int64_t>(now.index);
    env_steps += static_cast<double>(now.statistics.env_steps);
    learning.append(index, learning_row(now, env_steps));
    if (due(c.record.gradients, now.index)) record_gradient(file, now);
    if (due(c.record.trajectories, now.index))
      file.append_episodes(index, episodes_of(now.batch, returns_of(now.batch)));
    policy.visit(state, diverged || state.iteration == c.iterations, diverged);
    timing.append(index, std::vector<double>{watch.wall(), watch.cpu()});
  }
  file.finish(diverged ? "diverged" : "done");
  return Ending::done;
}

}  // namespace seedbed
