#include <seedbed/baseline.hpp>
#include <seedbed/step_sums.hpp>

using namespace seedbed;

namespace {

/// b_{i,t} = κ times the mean of the targets at step t over the *other* trajectories that reach it
/// (README, equation 1); 0 where there is none.
struct {{Name}} {
  static constexpr Info info{.name = "{{name}}",
                             .version = "0.1.0",
                             .summary = "Mean of the other trajectories, shrunk",
                             .source = "your paper, section, equation"};
  static constexpr Parameter parameters[] = {
      {"kappa", SEEDBED_REAL, "1.0", any, "", "factor of the mean"}};

  double kappa;

  {{Name}}(const Values& values, const Context&) : kappa(values.real("kappa")) {}

  void describe(std::size_t, BaselineInfo& about) const {
    about.dependence = SEEDBED_OTHER_TRAJECTORIES;
  }

  void values(const Batch& batch, const seedbed_targets& targets, const double*, double* b,
              Scratch& scratch) const {
    const StepSums all(targets, batch.episodes(), scratch);
    for (std::size_t e = 0; e < targets.count; ++e) {
      const double others = all.count[targets.t[e]] - 1.0;
      const double sum = all.sum[targets.t[e]] - targets.value[e];
      b[e] = others > 0.0 ? kappa * (sum / others) : 0.0;
    }
  }
};

}  // namespace

SEEDBED_PLUGIN(baseline<{{Name}}>)
