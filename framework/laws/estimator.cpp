#include "laws/estimator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/call.hpp"
#include "engine/estimate.hpp"
#include "engine/shared_scores.hpp"
#include "laws/batch.hpp"
#include "laws/block.hpp"
#include "laws/threads.hpp"
#include "loader/sha256.hpp"

namespace seedbed::contract {
namespace {

/// The gradient, the contributions, and the state after commit, as three rows of a kind.
struct Estimated {
  Block gradient, contributions, state;
};

Block block_of(const std::vector<double>& x) {
  Block block(1, x.size());
  std::copy(x.begin(), x.end(), block.row(0));
  return block;
}

Estimated estimated(const EstimatorTrial& trial, const Recording& recording,
                    double contents = nan) {
  Recording batch_memory = recording;
  const seedbed_batch batch = batch_memory.view();
  const Recording before = batch_memory;
  const auto theta = trial.theta, state = trial.state;
  Scrambled scratch(contents);
  const Estimate estimate =
      seedbed::estimate(trial.estimator, batch, theta, state, true, scratch.fresh());
  demand_unwritten(before, batch_memory, "estimate");
  demand(theta == trial.theta && state == trial.state, "inputs are not written",
         "estimate wrote theta or its state");
  Block next = block_of(state);
  const auto& functions = trial.estimator.functions<seedbed_estimator>();
  if (functions.commit)
    call(trial.estimator, "commit", [&](seedbed_message* message) {
      return functions.commit(trial.estimator.self(), &batch, theta.data(), next.row(0),
                              scratch.fresh(), message);
    });
  demand_unwritten(before, batch_memory, "commit");
  demand(next.guarded(), "nothing beyond the outputs is written", "commit wrote beyond its state");
  return {block_of(estimate.gradient), block_of(estimate.contributions), next};
}

void demand_equal(const Estimated& expected, const Estimated& got, const char* law) {
  demand_same(expected.contributions, got.contributions, law, "contributions of estimate");
  demand_same(expected.gradient, got.gradient, law, "gradient of estimate");
  demand_same(expected.state, got.state, law, "state after commit");
}

void finite(const EstimatorTrial& trial) {
  const Estimated all = estimated(trial, trial.recording);
  const auto look = [](const Block& block, const char* what) {
    for (std::size_t j = 0; j < block.size(); ++j)
      demand(std::isfinite(block(0, j)), "outputs are finite",
             fmt::format("got {} in number {} of the {}", block(0, j), j, what));
  };
  look(all.gradient, "gradient");
  look(all.contributions, "contributions");
  look(all.state, "state");
}

void same_inputs(const EstimatorTrial& trial) {
  demand_equal(estimated(trial, trial.recording), estimated(trial, trial.recording),
               "same inputs give the same bits");
}

void scratch(const EstimatorTrial& trial) {
  demand_equal(estimated(trial, trial.recording), estimated(trial, trial.recording, 1e300),
               "other scratch memory gives the same bits");
}

void storage(const EstimatorTrial& trial) {
  demand_equal(estimated(trial, trial.recording),
               estimated(trial, stored_otherwise(trial.recording)),
               "trajectories stored in another order give the same bits");
}

/// Beside another estimator, too: here beside itself.
void weights(const EstimatorTrial& trial) {
  Recording recording = trial.recording;
  Arena arena;
  const Weighting weighting{trial.estimator, trial.state, true};
  const auto together = SharedScores().estimates({weighting, weighting}, trial.policy,
                                                 recording.view(), trial.theta, arena);
  const Estimated alone = estimated(trial, trial.recording);
  for (const Estimate& estimate : together)
    demand_equal(alone,
                 {block_of(estimate.gradient), block_of(estimate.contributions), alone.state},
                 "weights give the bits of estimate");
}

void threads(const EstimatorTrial& trial) {
  const Estimated alone = estimated(trial, trial.recording);
  in_two_threads([&](std::size_t) {
    for (int i = 0; i < 20; ++i)
      demand_equal(alone, estimated(trial, trial.recording), "two threads give the same bits");
  });
}

}  // namespace

Laws<EstimatorTrial> estimator_laws(const Plugin& plugin) {
  Laws<EstimatorTrial> laws = {
      {"only-outputs-are-written",
       [](const EstimatorTrial& trial) { estimated(trial, trial.recording); }},
      {"outputs-are-finite", finite},
      {"same-inputs-give-the-same-bits", same_inputs},
      {"other-scratch-gives-the-same-bits", scratch},
      {"another-order-in-memory-gives-the-same-bits", storage},
      {"two-threads-give-the-same-bits", threads}};
  if (plugin.capability(SEEDBED_ESTIMATOR_WEIGHTS))
    laws.push_back({"weights-give-the-bits-of-estimate", weights});
  return laws;
}

std::string fingerprint(const EstimatorTrial& trial) {
  const Estimated all = estimated(trial, trial.recording);
  std::string bytes;
  for (const Block* block : {&all.gradient, &all.contributions, &all.state})
    bytes.append(reinterpret_cast<const char*>(block->row(0)), block->size() * sizeof(double));
  return sha256(bytes);
}

}  // namespace seedbed::contract
