#include <algorithm>
#include <cmath>

#include "diagnostics/return_sample.hpp"
#include "engine/policy_evaluation.hpp"
#include "engine/statistics.hpp"
#include "oracle/exact.hpp"
#include "runner/continuation.hpp"
#include "runner/layout.hpp"
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

constexpr Declaration evaluation_numbers[] = {
    {"/evaluation/return_mean", "", "reward", "mean of the discounted return"},
    {"/evaluation/return_mean_se", "", "reward", "standard error of return_mean"},
    {"/evaluation/return_std", "", "reward", "standard deviation of the return of an episode"},
    {"/evaluation/return_min", "", "reward", "smallest return"},
    {"/evaluation/return_max", "", "reward", "largest return"},
    {"/evaluation/quantile", "quantile", "1", "share of episodes below"},
    {"/evaluation/return_quantile", "quantile", "reward", "quantiles of the return of an episode"},
    {"/evaluation/reward_sum_mean", "", "reward", "mean of the undiscounted sum of rewards"},
    {"/evaluation/episode_length_mean", "", "steps", "mean length of an episode"},
    {"/evaluation/terminated_fraction", "", "1",
     "share of episodes that the process ended, not the horizon"},
    {"/evaluation/env_steps", "", "steps", "environment steps in all"},
    {"/evaluation/J", "", "reward", "exact objective J(theta)"},
    {"/evaluation/episodes/episode", "episode", "1", "episode: the name of its noise"},
    {"/evaluation/episodes/episode_return", "episode", "reward", "discounted return"},
    {"/evaluation/episodes/reward_sum", "episode", "reward", "undiscounted sum of rewards"},
    {"/evaluation/episodes/episode_length", "episode", "steps", "length"},
    {"/evaluation/episodes/terminated", "episode", "1",
     "1: the process ended; 0: the horizon cut it"}};

constexpr Declaration time_of_blocks[] = {
    {"/timing/block", "block", "1", "block"},
    {"/timing/wall_seconds", "block", "s", "wall time of the block of episodes"},
    {"/timing/cpu_seconds", "block", "s", "processor time of the block of episodes"}};

class EvaluationRecord {
 public:
  explicit EvaluationRecord(Writer& writer) : writer_(writer), to_(writer, evaluation_numbers) {}

  void returns(const ReturnSample& sample) {
    std::vector<double> sorted = sample.returns;
    std::ranges::sort(sorted);
    const double deviation = deviation_of(sample.returns);
    to_.number("/evaluation/return_mean", mean_of(sample.returns));
    to_.number("/evaluation/return_mean_se",
               deviation / std::sqrt(static_cast<double>(sorted.size())));
    to_.number("/evaluation/return_std", deviation);
    to_.number("/evaluation/return_min", sorted.front());
    to_.number("/evaluation/return_max", sorted.back());
    std::vector<double> quantiles;
    for (const std::string& level : levels)
      quantiles.push_back(quantile_of(sorted, std::stod(level)));
    to_.scale("/evaluation/quantile", levels);
    to_.put("/evaluation/return_quantile", quantiles);
  }

  void lengths(const ReturnSample& sample) {
    to_.number("/evaluation/reward_sum_mean", mean_of(sample.reward_sums));
    to_.number("/evaluation/episode_length_mean", mean_of(sample.lengths));
    to_.number("/evaluation/terminated_fraction", mean_of(sample.terminated));
    std::int64_t steps = 0;
    for (const std::int64_t length : sample.lengths) steps += length;
    to_.number("/evaluation/env_steps", steps);
  }

  void episodes(const ReturnSample& sample) {
    const std::string group = "/evaluation/episodes/";
    std::vector<std::int64_t> numbers(sample.returns.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::int64_t>(i);
    to_.scale(group + "episode", numbers);
    to_.put(group + "episode_return", sample.returns);
    to_.put(group + "reward_sum", sample.reward_sums);
    to_.put(group + "episode_length", sample.lengths);
    to_.put(group + "terminated", sample.terminated);
    writer_.show("/evaluation/episodes", "episode_return", {"episode"});
  }

  void objective(double J) { to_.number("/evaluation/J", J); }

 private:
  Writer& writer_;
  Declared to_;
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

}  // namespace

Declarations evaluation_datasets() {
  return evaluation_numbers;
}

Declarations block_timing() {
  return time_of_blocks;
}

Ending run_evaluate(const Replicate& replicate, RunFile& file) {
  const Configuration c = replicate.configuration();
  PolicyEvaluation evaluation(c, noise_of(replicate));
  const DecisionProblem& p = evaluation.problem();
  file.record_policy(parameter_names(p.policy_info()));
  if (c.record.trajectories) declare_episodes(file, p);
  Series& timing = file.series(time_of_blocks);
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
    record.objective(truth->J);
  return continuation.finish(now, "done");
}

}  // namespace seedbed
