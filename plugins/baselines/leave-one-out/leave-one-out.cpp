#include <seedbed/baseline.hpp>
#include <seedbed/step_sums.hpp>

using namespace seedbed;

namespace {

/// b_{i,t} = mean of the targets at step t over the *other* trajectories that reach it
/// (README, equation 1); 0 where there is none.
struct LeaveOneOut {
  static constexpr Info info{.name = "leave-one-out",
                             .version = "1.0.0",
                             .summary = "Mean of the other trajectories of this batch",
                             .source = "W. Kool et al., Buy 4 REINFORCE samples, get a baseline "
                                       "for free, 2019"};

  LeaveOneOut(const Values&, const Context&) {}

  void describe(std::size_t, BaselineInfo& about) const {
    about.dependence = SEEDBED_OTHER_TRAJECTORIES;
  }

  void values(const Batch& batch, const seedbed_targets& targets, const double*, double* b,
              Scratch& scratch) const {
    const StepSums all(targets, batch.episodes(), scratch);
    each_trajectory(targets, batch.episodes(),
                    [&](std::size_t first, std::size_t t, std::size_t n) {
                      in_packs<1>(n, [&](auto at) {
                        const auto others = at.load(all.count + t) - 1.0;
                        const auto sum = at.load(all.sum + t) - at.load(targets.value + first);
                        at.store(b + first, select(others > at.zero(), sum / others, at.zero()));
                      });
                    });
  }
};

}  // namespace

SEEDBED_PLUGIN(baseline<LeaveOneOut>)
