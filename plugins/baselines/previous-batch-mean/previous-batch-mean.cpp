#include <seedbed/baseline.hpp>
#include <seedbed/step_sums.hpp>

using namespace seedbed;

namespace {

/// b_t = mean of the targets at step t in the last batch that reached step t (README, equation 1);
/// 0 before there was one. State: b, one number per step.
struct PreviousBatchMean {
  static constexpr Info info{.name = "previous-batch-mean",
                             .version = "1.0.0",
                             .summary = "Mean of the batch before this one",
                             .source = "R. J. Williams, 1992 (reinforcement comparison)"};

  PreviousBatchMean(const Values&, const Context&) {}

  void describe(std::size_t steps, BaselineInfo& about) const {
    about.dependence = SEEDBED_EARLIER_BATCHES;
    about.state_size = steps;
  }

  void values(const Batch& batch, const seedbed_targets& targets, const double* state, double* b,
              Scratch&) const {
    each_trajectory(targets, batch.episodes(),
                    [&](std::size_t first, std::size_t t, std::size_t n) {
                      in_packs<1>(n, [&](auto at) { at.store(b + first, at.load(state + t)); });
                    });
  }

  void commit(const Batch& batch, const seedbed_targets& targets, double* state,
              Scratch& scratch) const {
    StepSums(targets, batch.episodes(), scratch).means(targets.steps, state);
  }
};

}  // namespace

SEEDBED_PLUGIN(baseline<PreviousBatchMean>)
