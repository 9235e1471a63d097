#include <seedbed/baseline.hpp>
#include <seedbed/step_sums.hpp>

using namespace seedbed;

namespace {

/// b_t = mean of the targets at step t over the trajectories of this batch that reach it
/// (README, equation 1). Its own trajectory is among them, so the gradient is biased.
struct BatchMean {
  static constexpr Info info{.name = "batch-mean",
                             .version = "1.0.0",
                             .summary = "Mean of this batch, own trajectory included (biased)",
                             .source = "common practice; the bias is (1 - 1/N), README"};

  std::size_t N;

  BatchMean(const Values&, const Context& context) : N(context.episodes) {}

  /// Every trajectory has a whole return; not every one reaches every step.
  void describe(std::size_t steps, BaselineInfo& about) const {
    about.dependence = SEEDBED_THIS_BATCH;
    if (steps == 1 && N > 0) about.own_share = 1.0 / static_cast<double>(N);
  }

  void values(const Batch& batch, const seedbed_targets& targets, const double*, double* b,
              Scratch& scratch) const {
    const StepSums all(targets, batch.episodes(), scratch);
    double* mean = scratch.take(targets.steps);
    all.means(targets.steps, mean);
    each_trajectory(targets, batch.episodes(),
                    [&](std::size_t first, std::size_t t, std::size_t n) {
                      in_packs<1>(n, [&](auto at) { at.store(b + first, at.load(mean + t)); });
                    });
  }
};

}  // namespace

SEEDBED_PLUGIN(baseline<BatchMean>)
