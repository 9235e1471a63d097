#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>
#include <vector>

using namespace seedbed;

namespace {

/// Forward differences of the return in each coordinate of θ (README, equation 1).
///
///   ĝ_j = 1/N Σ_i [R_i(θ + δ e_j) − R_i(θ)] / δ
///
/// Source: Peters & Schaal 2006, section III-A.
struct ForwardDifferences {
  static constexpr Info info{
      .name = "forward-differences",
      .version = "1.0.0",
      .summary = "Forward finite differences of the return, one rollout more per coordinate",
      .source = "J. Peters and S. Schaal, Policy gradient methods for robotics, 2006"};
  static constexpr Parameter parameters[] = {
      {"delta", SEEDBED_REAL, "1e-2", positive, "", "distance delta of the other side from theta"},
      {"common_noise", SEEDBED_BOOLEAN, "true", any, "",
       "whether rollout i has the same noise at theta and on the side of every coordinate"}};

  double delta;
  bool common;
  std::size_t d, N;

  ForwardDifferences(const Values& values, const Context& context)
      : delta(values.real("delta")),
        common(values.boolean("common_noise")),
        d(context.parameters),
        N(context.episodes) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_BIASED;  // O(delta)
    about.coupling = SEEDBED_INDEPENDENT;
  }

  /// Request 0 is θ itself, request 1 + j is coordinate j from above.
  void plan(const double* theta, const double*, const double*, const double*, Plan& plan) const {
    std::vector<double> moved(theta, theta + d);
    for (std::size_t k = 0; k <= d; ++k) {
      if (k > 0) moved[k - 1] = theta[k - 1] + delta;
      seedbed_request request{};
      request.theta = moved.data();
      request.episodes = N;
      request.first_noise = common ? 0 : k * N;
      plan.request(request);
      if (k > 0) moved[k - 1] = theta[k - 1];
    }
  }

  void estimate(const Batch& batch, const Policy&, const double*, Gradient& gradient,
                Scratch& scratch) const {
    const double* R = whole_returns(batch, scratch);
    double* g = scratch.take(d);
    for (std::size_t i = 0; i < N; ++i) {
      for (std::size_t j = 0; j < d; ++j) g[j] = (R[(1 + j) * N + i] - R[i]) / delta;
      gradient.contribute(i, 1, g);
    }
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<ForwardDifferences>)
