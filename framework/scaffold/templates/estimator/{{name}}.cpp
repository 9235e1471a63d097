#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>

using namespace seedbed;

namespace {

/// Reward-to-go likelihood-ratio gradient, to start from (README, equation 1).
///
///   ĝ = 1/N Σ_i Σ_t γᵗ ψ_t G_t        G_t = r_t + γ G_{t+1}
struct {{Name}} {
  static constexpr Info info{.name = "{{name}}",
                             .version = "0.1.0",
                             .summary = "Each score times the reward that follows it",
                             .source = "your paper, section, equation"};

  {{Name}}(const Values&, const Context&) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_UNBIASED;
    about.coupling = SEEDBED_INDEPENDENT;
  }

  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    const Targets G = returns_to_go(batch, scratch);
    const double* power = discounts(batch.discount(), batch.horizon(), scratch);
    double* weight = scratch.take(batch.samples());
    for (Trajectory tau : batch)
      for (std::int64_t t = 0; t < tau.length(); ++t)
        weight[tau.sample(t)] = power[t] * G(tau, t);
    pi.score(batch, weight, g);
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<{{Name}}>)
