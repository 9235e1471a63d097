#include <algorithm>
#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>

#include "critic.hpp"

using namespace seedbed;

namespace {

/// Generalised advantage estimation with a linear critic of the previous batch (README, equations
/// 1 to 3).
///
///   ĝ = 1/N Σ_i Σ_t γᵗ ψ_t A_t        A_t = δ_t + γλ A_{t+1}        δ_t = r_t + γ V_{t+1} − V_t
///
/// V after a terminated episode is 0; after one that the horizon cut it is V(s_H), or 0 when
/// `bootstrap` is false. Source: Schulman et al. 2016.
struct Gae {
  static constexpr Info info{
      .name = "gae",
      .version = "1.0.0",
      .summary = "Scores times lambda-weighted temporal differences of a linear critic",
      .source =
          "J. Schulman et al., High-dimensional continuous control using generalized "
          "advantage estimation, 2016"};
  static constexpr Parameter parameters[] = {
      {"lambda", SEEDBED_REAL, "0.95", Range{0.0, 1.0}, "", "lambda: 0 one-step, 1 whole returns"},
      {"ridge", SEEDBED_REAL, "1e-6", positive, "", "weight of |w|^2 in the critic's fit"},
      {"bootstrap", SEEDBED_BOOLEAN, "true", any, "",
       "whether an episode that the horizon cut is worth V(s_H) more; false: the objective ends "
       "there"}};

  double lambda, ridge;
  bool bootstrap;
  LinearCritic critic;

  Gae(const Values& values, const Context& context)
      : lambda(values.real("lambda")),
        ridge(values.real("ridge")),
        bootstrap(values.boolean("bootstrap")),
        critic(*context.observation) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = lambda == 1.0 && !bootstrap ? SEEDBED_UNBIASED : SEEDBED_BIASED;
    about.coupling = SEEDBED_INDEPENDENT;
    about.state_size = critic.size();  // w
  }

  void weights(const Batch& batch, const Policy&, const double* w, double* weight,
               Scratch& scratch) const {
    const seedbed_batch& b = batch.raw();
    const double gamma = batch.discount();
    const double* power = discounts(gamma, batch.horizon(), scratch);
    for (Trajectory tau : batch) {
      const bool worth = bootstrap && !tau.terminated();
      double V_next = worth ? critic.value(w, b.final_observation, tau.index()) : 0.0;
      double A = 0.0;
      for (std::int64_t t = tau.length() - 1; t >= 0; --t) {
        const double V = critic.value(w, b.observation, tau.sample(t));
        const double delta = tau.reward(t) + gamma * V_next - V;
        A = delta + gamma * lambda * A;
        weight[tau.sample(t)] = power[t] * A;
        V_next = V;
      }
    }
  }

  void commit(const Batch& batch, const Policy&, double* w, Scratch& scratch) const {
    critic.fit(batch, returns_to_go(batch, scratch).raw().value, ridge, w, scratch);
  }

  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ESTIMATOR_WEIGHTS, &abi::weights_of<Gae>}};
};

}  // namespace

SEEDBED_PLUGIN(estimator<Gae>)
