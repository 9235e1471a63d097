#include <seedbed/estimator.hpp>

using namespace seedbed;

namespace {

/// The vanilla likelihood-ratio gradient (README, equation 1).
///
///   ĝ = 1/N Σ_i (R_i − b_i) Σ_t ψ_t        R = Σ_t γᵗ r_t
///
/// Source: Williams 1992.
struct Reinforce {
  static constexpr Info info{
      .name = "reinforce",
      .version = "1.0.0",
      .summary = "Vanilla likelihood-ratio gradient: the score sum times the return",
      .source = "R. J. Williams, Simple statistical gradient-following algorithms, 1992"};
  static constexpr Parameter parameters[] = {
      {"baseline", SEEDBED_COMPONENT, "\"none\"", any, "", "b, subtracted from R", "baseline"}};

  Baseline baseline;

  Reinforce(const Values& values, const Context&) : baseline(values.component("baseline"), 1) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = baseline.bias();
    about.relative_bias = baseline.relative_bias();
    about.coupling = baseline.coupling();
    about.state_size = baseline.state_size();
  }

  void begin(double* state) const { baseline.begin(state); }

  void weights(const Batch& batch, const Policy&, const double* state, double* weight,
               Scratch& scratch) const {
    const Targets R = returns(batch, scratch);
    const double* b = baseline.values(batch, R, state, scratch);
    for (Trajectory tau : batch) {
      const Pack<1> of_tau = R(tau) - b[R.index(tau)];
      in_packs<1>(tau.length(), [&](auto t) { t.store(weight + tau.sample(0), of_tau); });
    }
  }

  void commit(const Batch& batch, const Policy&, double* state, Scratch& scratch) const {
    if (baseline.commits()) baseline.commit(batch, returns(batch, scratch), state, scratch);
  }

  std::uint32_t formula() const {
    return baseline.is_none() ? SEEDBED_FORMULA_REINFORCE : SEEDBED_FORMULA_OTHER;
  }
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ESTIMATOR_WEIGHTS, &abi::weights_of<Reinforce>},
      {SEEDBED_ESTIMATOR_FORMULA, &abi::formula_of<Reinforce>}};

 private:
  static Targets returns(const Batch& batch, Scratch& scratch) {
    const double* power = discounts(batch.discount(), batch.horizon(), scratch);
    Targets R = Targets::whole(batch, scratch);
    for (Trajectory tau : batch) R(tau) = discounted_return(tau, power);
    return R;
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<Reinforce>)
