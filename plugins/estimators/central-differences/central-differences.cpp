#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>
#include <vector>

using namespace seedbed;

namespace {

/// Central differences of the return in each coordinate of θ (README, equation 1).
///
///   ĝ_j = 1/N Σ_i [R_i(θ + δ e_j) − R_i(θ − δ e_j)] / 2δ
///
/// Source: Peters & Schaal 2006, section III-A.
struct CentralDifferences {
  static constexpr Info info{
      .name = "central-differences",
      .version = "1.0.0",
      .summary = "Central finite differences of the return, one pair of rollouts per coordinate",
      .source = "J. Peters and S. Schaal, Policy gradient methods for robotics, 2006"};
  static constexpr Parameter parameters[] = {
      {"delta", SEEDBED_REAL, "1e-2", positive, "", "distance delta of the two sides from theta"},
      {"common_noise", SEEDBED_BOOLEAN, "true", any, "",
       "whether rollout i has the same noise on every side of every coordinate"}};

  double delta;
  bool common;
  std::size_t d, N;

  CentralDifferences(const Values& values, const Context& context)
      : delta(values.real("delta")),
        common(values.boolean("common_noise")),
        d(context.parameters),
        N(context.episodes) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_BIASED;  // O(delta^2)
    about.coupling = SEEDBED_INDEPENDENT;
  }

  /// Requests 2j and 2j + 1: coordinate j from above and from below.
  void plan(const double* theta, const double*, const double*, const double*, Plan& plan) const {
    std::vector<double> moved(theta, theta + d);
    for (std::size_t k = 0; k < 2 * d; ++k) {
      const std::size_t j = k / 2;
      moved[j] = k % 2 == 0 ? theta[j] + delta : theta[j] - delta;
      seedbed_request request{};
      request.theta = moved.data();
      request.episodes = N;
      request.first_noise = common ? 0 : k * N;
      plan.request(request);
      moved[j] = theta[j];
    }
  }

  void estimate(const Batch& batch, const Policy&, const double*, Gradient& gradient,
                Scratch& scratch) const {
    const double* R = whole_returns(batch, scratch);
    double* g = scratch.take(d);
    for (std::size_t i = 0; i < N; ++i) {
      for (std::size_t j = 0; j < d; ++j)
        g[j] = (R[2 * j * N + i] - R[(2 * j + 1) * N + i]) / (2.0 * delta);
      gradient.contribute(i, 1, g);
    }
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<CentralDifferences>)
