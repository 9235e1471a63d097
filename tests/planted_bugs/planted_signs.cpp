#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>
#include <vector>

using namespace seedbed;

namespace {

/// Right, and of noise that no shipped estimator has: signs. Simultaneous perturbation,
///
///   ĝ_j = 1/N Σ_i [R_i(θ + δ s_i) − R_i(θ − δ s_i)] / (2 δ s_ij)        s_ij = ±1, by a fair coin
///
/// Source: Spall 1992.
struct Signs {
  static constexpr Info info{.name = "planted-signs",
                             .version = "1.0.0",
                             .summary = "Simultaneous perturbation by random signs",
                             .source = "J. C. Spall, Multivariate stochastic approximation, 1992"};
  static constexpr double delta = 0.05;
  std::size_t N, d;
  Signs(const Values&, const Context& context) : N(context.episodes), d(context.parameters) {}
  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_BIASED;  // O(delta^2)
    about.coupling = SEEDBED_INDEPENDENT;
    about.plan_uniforms = N * d;
  }
  void plan(const double* theta, const double*, const double* uniform, const double*,
            Plan& plan) const {
    std::vector<double> moved(d);
    for (std::size_t k = 0; k < 2 * N; ++k) {
      for (std::size_t j = 0; j < d; ++j) {
        const double sign = uniform[k / 2 * d + j] < 0.5 ? -1.0 : 1.0;
        moved[j] = theta[j] + (k % 2 == 0 ? sign : -sign) * delta;
      }
      seedbed_request request{};
      request.theta = moved.data();
      request.episodes = 1;
      request.first_noise = k;
      plan.request(request);
    }
  }
  void estimate(const Batch& batch, const Policy&, const double*, Gradient& gradient,
                Scratch& scratch) const {
    const double* R = whole_returns(batch, scratch);
    double* g = scratch.take(d);
    for (std::size_t i = 0; i < N; ++i) {
      const double *above = batch.raw().request_theta[2 * i],
                   *below = batch.raw().request_theta[2 * i + 1];
      for (std::size_t j = 0; j < d; ++j) g[j] = (R[2 * i] - R[2 * i + 1]) / (above[j] - below[j]);
      gradient.contribute(i, 1, g);
    }
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<Signs>)
