#include <algorithm>
#include <seedbed/estimator.hpp>

#include "state_values.hpp"

using namespace seedbed;

namespace {

/// Expected policy gradient: all actions at each visited state, weighed by the model's own values
/// (README, equation 1).
///
///   ĝ = 1/N Σ_i Σ_t γᵗ Σ_a π(a∣s_t) ψ(s_t, a) Q_t(s_t, a)
///
/// Source: Sutton et al. 2001; Ciosek & Whiteson 2018, with Q of the model.
struct AllAction {
  static constexpr Info info{
      .name = "all-action",
      .version = "1.0.0",
      .summary = "All actions at each visited state, weighed by exact action values",
      .source = "K. Ciosek and S. Whiteson, Expected policy gradients, 2018"};

  AllAction(const Values&, const Context&) {}

  void describe(EstimatorInfo& about) const {
    static constexpr const char* environment[] = {SEEDBED_ENVIRONMENT_TABULAR, nullptr};
    static constexpr const char* policy[] = {SEEDBED_POLICY_ENUMERATE, nullptr};
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_UNBIASED;
    about.coupling = SEEDBED_INDEPENDENT;
    about.environment_capabilities = environment;
    about.policy_capabilities = policy;
  }

  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& gradient,
                Scratch& scratch) const {
    const StateValues values(batch, pi.theta(), scratch);
    const double* power = discounts(batch.discount(), batch.horizon(), scratch);
    const std::size_t A = values.actions(), n = batch.samples() * A;
    double* weight = scratch.take(n);
    for (Trajectory tau : batch)
      for (std::int64_t t = 0; t < tau.length(); ++t) {
        const auto step = static_cast<std::size_t>(t);
        const std::size_t s = values.state_of(batch.raw().observation, tau.sample(t));
        for (std::size_t a = 0; a < A; ++a)
          weight[tau.sample(t) * A + a] = power[t] * values.weight(step, s, a);
      }
    const seedbed_batch all = with_all_actions(batch, A, scratch);
    pi.score(Batch(all), weight, gradient);
  }

  std::uint32_t formula() const { return SEEDBED_FORMULA_ALL_ACTION; }
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ESTIMATOR_FORMULA, &abi::formula_of<AllAction>}};

 private:
  /// The batch with each sample A times, once for every action.
  static seedbed_batch with_all_actions(const Batch& batch, std::size_t A, Scratch& scratch) {
    const seedbed_batch& b = batch.raw();
    const std::size_t N = b.episodes, n = b.samples * A, rows = observation_size(batch);
    std::uint64_t *begin = scratch.take_indices(N), *length = scratch.take_indices(N);
    auto* t = reinterpret_cast<std::int64_t*>(scratch.take_indices(n));
    const Out observation(scratch.take(rows * n), n), action(scratch.take(n), n);
    for (std::size_t i = 0; i < N; ++i) begin[i] = b.begin[i] * A, length[i] = b.length[i] * A;
    for (std::size_t j = 0; j < n; ++j) {
      t[j] = b.t[j / A];
      action(0, j) = static_cast<double>(j % A);
    }
    for (std::size_t k = 0; k < rows; ++k)
      for (std::size_t j = 0; j < n; ++j) observation(k, j) = In(b.observation)(k, j / A);
    seedbed_batch all = b;
    all.samples = n;
    all.begin = begin;
    all.length = length;
    all.t = t;
    all.observation = {observation.data, n};
    all.action = {action.data, n};
    return all;
  }

  static std::size_t observation_size(const Batch& batch) {
    const seedbed_component& environment = *batch.raw().environment;
    seedbed_environment_info about{};
    static_cast<const seedbed_environment*>(environment.functions)
        ->describe(environment.self, &about);
    return about.observation->size;
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<AllAction>)
