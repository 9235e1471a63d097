#include <algorithm>
#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>

using namespace seedbed;

/// Estimators that are wrong where an episode ends and where an action meets its bound. Each
/// declares itself unbiased; end_to_end/certify_test.py shows that certification catches both.
namespace {

void declare(EstimatorInfo& about) {
  about.estimand = SEEDBED_GRADIENT_OF_J;
  about.bias = SEEDBED_UNBIASED;
  about.coupling = SEEDBED_INDEPENDENT;
}

/// Terminated taken for truncated: a critic's value, 1 in every state, follows the last reward.
///
///   G_T = 1 where the process ended, 0 where the horizon cut it
struct BootstrappedEnd {
  static constexpr Info info{.name = "planted-bootstrapped-end",
                             .version = "1.0.0",
                             .summary = "Reward-to-go that bootstraps after terminations",
                             .source = "none: wrong on purpose"};
  BootstrappedEnd(const Values&, const Context&) {}
  void describe(EstimatorInfo& about) const { declare(about); }
  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    const double* power = discounts(batch.discount(), batch.horizon(), scratch);
    double* weight = scratch.take(batch.samples());
    for (Trajectory tau : batch) {
      double G = tau.terminated() ? 1.0 : 0.0;
      for (std::int64_t t = tau.length() - 1; t >= 0; --t) {
        G = tau.reward(t) + batch.discount() * G;
        weight[tau.sample(t)] = power[t] * G;
      }
    }
    pi.score(batch, weight, g);
  }
};

/// The score of the action as a bounded environment would see it, not as it was sampled.
struct ClippedAction {
  static constexpr Info info{.name = "planted-clipped-action",
                             .version = "1.0.0",
                             .summary = "REINFORCE with the score of the clipped action",
                             .source = "none: wrong on purpose"};
  ClippedAction(const Values&, const Context&) {}
  void describe(EstimatorInfo& about) const {
    static constexpr const char* gaussian[] = {SEEDBED_POLICY_LINEAR_GAUSSIAN, nullptr};
    declare(about);
    about.policy_capabilities = gaussian;
  }
  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    const std::size_t n = batch.samples();
    const double* R = whole_returns(batch, scratch);
    double* weight = scratch.take(n);
    const Out action(scratch.take(n), n);
    for (std::size_t j = 0; j < n; ++j)
      action(0, j) = std::clamp(In(batch.raw().action)(0, j), -0.5, 0.5);
    for (Trajectory tau : batch)
      for (std::int64_t t = 0; t < tau.length(); ++t) weight[tau.sample(t)] = R[tau.index()];
    seedbed_batch clipped = batch.raw();
    clipped.action = {action.data, n};
    pi.score(Batch(clipped), weight, g);
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<BootstrappedEnd>, estimator<ClippedAction>)
