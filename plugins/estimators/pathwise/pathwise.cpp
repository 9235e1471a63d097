#include <algorithm>
#include <seedbed/estimator.hpp>

#include "backward_pass.hpp"

using namespace seedbed;

namespace {

/// Pathwise gradient: the return as a function of θ while all noise stands still (README,
/// equations 1 and 2).
///
///   ĝ = 1/N Σ_i Σ_t (∂a_t/∂θ)ᵀ ā_t        ā_t = dR/da_t along the recorded trajectory
///
/// Source: Heess et al. 2015, SVG(∞), with the model's own derivatives.
struct Pathwise {
  static constexpr Info info{
      .name = "pathwise",
      .version = "1.0.0",
      .summary = "Derivative of the return along the trajectory, all noise standing still",
      .source =
          "N. Heess et al., Learning continuous control policies by stochastic value "
          "gradients, 2015"};

  Pathwise(const Values&, const Context&) {}

  void describe(EstimatorInfo& about) const {
    static constexpr const char* environment[] = {SEEDBED_ENVIRONMENT_PATHWISE, nullptr};
    static constexpr const char* policy[] = {SEEDBED_POLICY_PATHWISE, nullptr};
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_UNBIASED;
    about.coupling = SEEDBED_INDEPENDENT;
    about.needs =
        SEEDBED_NEEDS_POLICY_NOISE | SEEDBED_NEEDS_ENVIRONMENT_NOISE | SEEDBED_NEEDS_STATE;
    about.environment_capabilities = environment;
    about.policy_capabilities = policy;
  }

  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& gradient,
                Scratch& scratch) const {
    const std::size_t N = batch.episodes(), actions = action_size(batch);
    BackwardPass backward(batch, pi.theta(), scratch);
    const Out action_bar(scratch.take(actions * batch.samples()), batch.samples());
    double* g = scratch.take(BackwardPass::capacity * pi.parameters());
    for (std::size_t first = 0; first < N; first += BackwardPass::capacity) {
      const std::size_t count = std::min(BackwardPass::capacity, N - first);
      backward.run(first, count, action_bar);
      backward.to_theta(first, count, action_bar, g);
      gradient.contribute(first, count, g);
    }
  }

  std::uint32_t formula() const { return SEEDBED_FORMULA_PATHWISE; }
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_ESTIMATOR_FORMULA, &abi::formula_of<Pathwise>}};

 private:
  static std::size_t action_size(const Batch& batch) {
    seedbed_environment_info about{};
    const seedbed_component& environment = *batch.raw().environment;
    static_cast<const seedbed_environment*>(environment.functions)
        ->describe(environment.self, &about);
    return about.action->size;
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<Pathwise>)
