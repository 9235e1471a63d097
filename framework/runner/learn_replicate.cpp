#include <cmath>
#include <optional>

#include "engine/checkpoint.hpp"
#include "engine/learner.hpp"
#include "oracle/exact.hpp"
#include "runner/continuation.hpp"
#include "runner/layout.hpp"
#include "runner/recorded_episodes.hpp"
#include "runner/replicate.hpp"

namespace seedbed {

namespace {

constexpr Declaration learning_curves[] = {
    {"/learning/iteration", "iteration", "1", "iteration"},
    {"/learning/return_mean", "iteration", "reward", "mean over episodes of the discounted return"},
    {"/learning/return_std", "iteration", "reward",
     "standard deviation of the return between episodes"},
    {"/learning/return_min", "iteration", "reward", "smallest return"},
    {"/learning/return_max", "iteration", "reward", "largest return"},
    {"/learning/reward_sum_mean", "iteration", "reward",
     "mean over episodes of the undiscounted sum of rewards"},
    {"/learning/episode_length_mean", "iteration", "steps", "mean length of an episode"},
    {"/learning/gradient_norm", "iteration", "reward", "Euclidean norm of the gradient estimate"},
    {"/learning/entropy", "iteration", "nat", "minus the mean of log pi(a|s)"},
    {"/learning/env_steps", "iteration", "steps",
     "environment steps so far, this iteration included"},
    {"/learning/kl", "iteration", "nat",
     "KL(pi, updated pi), mean over the states of the batch"}};  // if asked for

constexpr Declaration time_of_iterations[] = {
    {"/timing/iteration", "iteration", "1", "iteration"},
    {"/timing/wall_seconds", "iteration", "s", "wall time of the iteration"},
    {"/timing/cpu_seconds", "iteration", "s", "processor time of the iteration"}};

constexpr Declaration objective_of_checkpoints[] = {
    {"/policy/J", "checkpoint", "reward", "exact objective J(theta)"}};

Declarations curves_of(const Record& record) {
  const Declarations all = learning_curves;
  return record.kl ? all : all.first(all.size() - 1);
}

std::vector<double> learning_row(const Iteration& now, double env_steps, const Record& record) {
  const BatchStatistics& s = now.statistics;
  std::vector<double> row = {s.return_mean,     s.return_std,      s.return_min,
                             s.return_max,      s.reward_sum_mean, s.episode_length_mean,
                             now.gradient_norm, s.entropy,         env_steps};
  if (record.kl) row.push_back(now.kl);
  return row;
}

/// /policy: theta and, where an oracle knows it, J(theta).
class Checkpoints {
 public:
  Checkpoints(RunFile& file, Learner& learner, const Configuration& configuration)
      : file_(file), learner_(learner), every_(checkpoint_every(configuration)) {
    file_.record_policy(parameter_names(learner.problem().policy_info()));
    if (!J_of(learner.begin().theta)) return;
    J_ =
        Declared(file_.writer(), objective_of_checkpoints).growing("/policy/J", Writer::Kind::real);
  }
  void visit(const LearnState& state, bool last, bool diverged = false) {
    if (state.iteration % every_ != 0 && !last) return;
    file_.append_checkpoint(static_cast<std::int64_t>(state.iteration), state.theta);
    if (!J_) return;
    // Rationale: far from any optimum J overflows.
    const double J = diverged ? -INFINITY : J_of(state.theta).value();
    file_.writer().append(*J_, std::span(&J, 1));
  }

 private:
  std::optional<double> J_of(const std::vector<double>& theta) {
    const DecisionProblem& p = learner_.problem();
    const auto truth = exact(p.environment(), p.policy(), p.objective().horizon,
                             p.objective().discount, theta, arena_);
    return truth ? std::optional(truth->J) : std::nullopt;
  }

  RunFile& file_;
  Learner& learner_;
  std::uint64_t every_;
  Arena arena_;
  std::optional<Writer::Growth> J_;
};

/// All that goes from one iteration to the next.
struct LearnProgress {
  LearnState state;
  double env_steps = 0.0;
  bool diverged = false;

  std::int64_t done() const { return static_cast<std::int64_t>(state.iteration); }
  template <class Visitor>
  void members(Visitor& visit) {
    state.members(visit);
    visit("env_steps", env_steps);
    visit("diverged", diverged);
  }
};

void record_gradient(RunFile& file, const Iteration& now) {
  const auto units = static_cast<std::int64_t>(now.estimate.units);
  file.append_gradient(static_cast<std::int64_t>(now.index), now.estimate.gradient,
                       now.estimate.variance(), std::span(&units, 1), now.estimate.contributions);
}

bool due(std::uint64_t every, std::uint64_t iteration) {
  return every != 0 && iteration % every == 0;
}

/// What a learn replicate records, beside its policy.
class LearnRecord {
 public:
  LearnRecord(const Configuration& c, const Learner& learner, RunFile& file)
      : record_(c.record),
        learner_(learner),
        file_(file),
        learning_(file.series(curves_of(c.record))),
        timing_(file.series(time_of_iterations)) {
    if (record_.gradients)
      file.record_gradients(estimator_names(c), parameter_names(learner.problem().policy_info()),
                            record_.contributions ? c.episodes : 0);
    if (record_.trajectories) declare_episodes(file, learner.problem());
  }

  void add(const Iteration& now, double env_steps) {
    const auto index = static_cast<std::int64_t>(now.index);
    learning_.append(index, learning_row(now, env_steps, record_));
    if (due(record_.gradients, now.index)) record_gradient(file_, now);
    if (due(record_.trajectories, now.index))
      record_episodes(file_, index, {now.batch, now.statistics.returns, learner_.hold_batch()});
  }
  void time(std::uint64_t index, const Stopwatch& watch) {
    timing_.append(static_cast<std::int64_t>(index),
                   std::vector<double>{watch.wall(), watch.cpu()});
  }

 private:
  const Record& record_;
  const Learner& learner_;
  RunFile& file_;
  Series &learning_, &timing_;
};

}  // namespace

Declarations learning_datasets() {
  return learning_curves;
}

Declarations iteration_timing() {
  return time_of_iterations;
}

Declarations objective_datasets() {
  return objective_of_checkpoints;
}

Ending run_learn(const Replicate& replicate, RunFile& file) {
  const Configuration c = replicate.configuration();
  Learner learner(c, noise_of(replicate));
  LearnRecord record(c, learner, file);
  Checkpoints policy(file, learner, c);
  Continuation continuation(file, replicate.checkpoint_every);
  LearnProgress now{learner.begin()};
  continuation.take_up(now);
  if (now.done() == 0) policy.visit(now.state, c.iterations == 0);
  while (now.state.iteration < c.iterations && !now.diverged) {
    if (continuation.pauses(now)) return Ending::stopped;
    const Stopwatch watch;
    const Iteration made = learner.step(now.state);
    now.diverged = made.diverged;
    now.env_steps += static_cast<double>(made.statistics.env_steps);
    record.add(made, now.env_steps);
    policy.visit(now.state, now.diverged || now.state.iteration == c.iterations, now.diverged);
    record.time(made.index, watch);
  }
  return continuation.finish(now, now.diverged ? "diverged" : "done");
}

}  // namespace seedbed
