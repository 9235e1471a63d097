#include <algorithm>
#include <cmath>

#include "diagnostics/return_sample.hpp"
#include "engine/policy_evaluation.hpp"
#include "engine/statistics.hpp"
#include "oracle/exact.hpp"
#include "runner/continuation.hpp"
#include "runner/recorded_episodes.hpp"
#include "runner/replicate.hpp"

namespace seedbed {

namespace {

const std::vector<std::string> levels = {"0.05", "0.25", "0.5", "0.75", "0.95"};

void add(const seedbed_batch& batch, const std::vector<double>& returns, ReturnSample& sample) {
  for (std::size_t i = 0; i < batch.episodes; ++i) {
    const double* reward = batch.reward + batch.begin[i];
    double sum = 0.0;
    for (std::size_t t = 0; t < batch.length[i]; ++t) sum += reward[t];
    sample.returns.push_back(returns[i]);
    sample.reward_sums.push_back(sum);
    sample.lengths.push_back(static_cast<std::int64_t>(batch.length[i]));
    sample.terminated.push_back(batch.terminated[i] != 0);
  }
}

class EvaluationRecord {
 public:
  explicit EvaluationRecord(Writer& writer) : writer_(writer) {}

  void number(const char* name, double value, const Meaning& meaning) {
    writer_.put(std::string("/evaluation/") + name, {}, std::span(&value, 1), meaning);
  }

  void returns(const ReturnSample& sample) {
    std::vector<double> sorted = sample.returns;
    std::ranges::sort(sorted);
    const double deviation = deviation_of(sample.returns);
    number("return_mean", mean_of(sample.returns), {"reward", "mean of the discounted return"});
    number("return_mean_se", deviation / std::sqrt(static_cast<double>(sorted.size())),
           {"reward", "standard error of return_mean"});
    number("return_std", deviation, {"reward", "standard deviation of the return of an episode"});
    number("return_min", sorted.front(), {"reward", "smallest return"});
    number("return_max", sorted.back(), {"reward", "largest return"});
    std::vector<double> quantiles;
    for (const std::string& level : levels)
      quantiles.push_back(quantile_of(sorted, std::stod(level)));
    writer_.scale("/evaluation/quantile", levels, {"1", "share of episodes below"});
    writer_.put("/evaluation/return_quantile", {"quantile"}, quantiles,
                {"reward", "quantiles of the return of an episode"});
  }

  void lengths(const ReturnSample& sample) {
    number("reward_sum_mean", mean_of(sample.reward_sums),
           {"reward", "mean of the undiscounted sum of rewards"});
    number("episode_length_mean", mean_of(sample.lengths), {"steps", "mean length of an episode"});
    number("terminated_fraction", mean_of(sample.terminated),
           {"1", "share of episodes that the process ended, not the horizon"});
    std::int64_t steps = 0;
    for (const std::int64_t length : sample.lengths) steps += length;
    writer_.put("/evaluation/env_steps", {}, std::span(&steps, 1),
                {"steps", "environment steps in all"});
  }

  void episodes(const ReturnSample& sample) {
    const std::string group = "/evaluation/episodes/";
    std::vector<std::int64_t> numbers(sample.returns.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int64_t>(i);
    writer_.scale(group + "episode", numbers, {"1", "episode: the name of its noise"});
    writer_.put(group + "episode_return", {"episode"}, sample.returns,
                {"reward", "discounted return"});
    writer_.put(group + "reward_sum", {"episode"}, sample.reward_sums,
                {"reward", "undiscounted sum of rewards"});
    writer_.put(group + "episode_length", {"episode"}, sample.lengths, {"steps", "length"});
    writer_.put(group + "terminated", {"episode"}, sample.terminated,
                {"1", "1: the process ended; 0: the horizon cut it"});
    writer_.show("/evaluation/episodes", "episode_return", {"episode"});
  }

 private:
  Writer& writer_;
};

/// All that goes from one block of episodes to the next. Whoever takes it up may have blocks of
/// another size, so what is done is told by the episodes.
struct EvaluateProgress {
  ReturnSample sample;
  std::uint64_t blocks = 0;

  std::int64_t done() const { return static_cast<std::int64_t>(blocks); }
  std::uint64_t episodes() const { return sample.returns.size(); }
  template <class Visitor>
  void members(Visitor& visit) {
    visit("returns", sample.returns);
    visit("reward_sums", sample.reward_sums);
    visit("lengths", sample.lengths);
    visit("terminated", sample.terminated);
    visit("blocks", blocks);
  }
};

void name_dimensions(const Configuration& c, const DecisionProblem& p, RunFile& file) {
  file.record_policy(parameter_names(p.policy_info()));
  if (c.record.trajectories)
    file.record_trajectories(component_names(*p.environment_info().observation),
                             component_names(*p.environment_info().action));
}

}  // namespace

Ending run_evaluate(const Replicate& replicate, RunFile& file) {
  const Configuration c = replicate.configuration();
  PolicyEvaluation evaluation(c, noise_of(replicate));
  const DecisionProblem& p = evaluation.problem();
  name_dimensions(c, p, file);
  Series& timing = file.series("/timing", "block",
                               {{"wall_seconds", "s", "wall time of the block of episodes"},
                                {"cpu_seconds", "s", "processor time of the block of episodes"}});
  Continuation continuation(file, replicate.checkpoint_every);
  EvaluateProgress now;
  continuation.take_up(now);
  if (now.done() == 0) file.append_checkpoint(replicate.checkpoint(), evaluation.theta());
  while (now.episodes() < c.episodes) {
    if (continuation.pauses(now)) return Ending::stopped;
    const std::uint64_t first = now.episodes();
    const Stopwatch watch;
    const seedbed_batch batch = evaluation.roll_out(first, std::min(c.block, c.episodes - first));
    const std::vector<double> returns = returns_of(batch);
    add(batch, returns, now.sample);
    if (c.record.trajectories)
      record_episodes(file, {batch, returns, evaluation.hold_batch()},
                      p.environment_info().observation->size, first, c.record.trajectories);
    timing.append(now.done(), std::vector<double>{watch.wall(), watch.cpu()});
    ++now.blocks;
  }
  EvaluationRecord record(file.writer());
  record.returns(now.sample);
  record.lengths(now.sample);
  record.episodes(now.sample);
  if (const auto truth = exact(p.environment(), p.policy(), c.objective.horizon,
                               c.objective.discount, evaluation.theta(), evaluation.arena()))
    record.number("J", truth->J, {"reward", "exact objective J(theta)"});
  return continuation.finish(now, "done");
}

}  // namespace seedbed
