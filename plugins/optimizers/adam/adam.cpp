#include <seedbed/optimizer.hpp>

#include <cmath>

using namespace seedbed;

namespace {

/// Adam, ascending (README, equation 1).
///
///   m ← β₁ m + (1 − β₁) ĝ      v ← β₂ v + (1 − β₂) ĝ²
///   θ ← θ + α (m / (1 − β₁ᵏ)) / (√(v / (1 − β₂ᵏ)) + ε)        k = 1, 2, ...
///
/// State: β₁ᵏ⁻¹ and β₂ᵏ⁻¹ less one each (so that zeros are the start), m, v.
/// Source: Kingma & Ba 2015, algorithm 1.
struct Adam {
  static constexpr Info info{.name = "adam",
                             .version = "1.0.0",
                             .summary = "Ascent with step sizes from running moments",
                             .source = "D. P. Kingma and J. Ba, Adam, 2015, algorithm 1"};
  static constexpr Parameter parameters[] = {
      {"step", SEEDBED_REAL, "0.001", positive, "", "step size alpha"},
      {"beta1", SEEDBED_REAL, "0.9", below_one, "", "decay of the first moment"},
      {"beta2", SEEDBED_REAL, "0.999", below_one, "", "decay of the second moment"},
      {"epsilon", SEEDBED_REAL, "1e-8", positive, "", "added to the root of the second moment"}};

  double alpha, beta1, beta2, epsilon;

  Adam(const Values& values, const Context&)
      : alpha(values.real("step")),
        beta1(values.real("beta1")),
        beta2(values.real("beta2")),
        epsilon(values.real("epsilon")) {}

  std::size_t state_size(std::size_t d) const { return 2 + 2 * d; }

  void step(std::size_t d, const double* g, double* theta, double* state) const {
    const double power1 = (state[0] + 1.0) * beta1, power2 = (state[1] + 1.0) * beta2;
    state[0] = power1 - 1.0;
    state[1] = power2 - 1.0;
    double *m = state + 2, *v = state + 2 + d;
    for (std::size_t j = 0; j < d; ++j) {
      m[j] = beta1 * m[j] + (1.0 - beta1) * g[j];
      v[j] = beta2 * v[j] + (1.0 - beta2) * (g[j] * g[j]);
      theta[j] += alpha * (m[j] / (1.0 - power1)) / (std::sqrt(v[j] / (1.0 - power2)) + epsilon);
    }
  }
};

}  // namespace

SEEDBED_PLUGIN(optimizer<Adam>)
