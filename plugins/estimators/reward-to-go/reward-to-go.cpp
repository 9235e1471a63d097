#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>

using namespace seedbed;

namespace {

/// Reward-to-go likelihood-ratio gradient, G(PO)MDP (README, equation 1).
///
///   ĝ = 1/N Σ_i Σ_t γᵗ ψ_t (G_t − b_t)        G_t = r_t + γ G_{t+1}
///
/// Source: Baxter & Bartlett 2001; Sutton et al. 2000.
struct RewardToGo {
  static constexpr Info info{
      .name = "reward-to-go",
      .version = "1.0.0",
      .summary = "Causal likelihood-ratio gradient: each score times the reward that follows it",
      .source = "J. Baxter and P. L. Bartlett, Infinite-horizon policy-gradient estimation, 2001"};
  static constexpr Parameter parameters[] = {
      {"baseline", SEEDBED_COMPONENT, "\"none\"", any, "", "b_t, subtracted from G_t", "baseline"}};

  Baseline baseline;

  RewardToGo(const Values& values, const Context& context)
      : baseline(values.component("baseline"), context.horizon) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = baseline.bias();
    about.coupling = baseline.coupling();
    about.state_size = baseline.state_size();
  }

  void begin(double* state) const { baseline.begin(state); }

  void weights(const Batch& batch, const Policy&, const double* state, double* weight,
               Scratch& scratch) const {
    weights_to_go(batch, baseline, state, weight, scratch);
  }

  void commit(const Batch& batch, const Policy&, double* state, Scratch& scratch) const {
    if (baseline.commits()) baseline.commit(batch, returns_to_go(batch, scratch), state, scratch);
  }

  std::uint32_t formula() const {
    return baseline.is_none() ? SEEDBED_FORMULA_REWARD_TO_GO : SEEDBED_FORMULA_OTHER;
  }
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ESTIMATOR_WEIGHTS, &abi::weights_of<RewardToGo>},
      {SEEDBED_ESTIMATOR_FORMULA, &abi::formula_of<RewardToGo>}};
};

}  // namespace

SEEDBED_PLUGIN(estimator<RewardToGo>)
