#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>
#include <vector>

using namespace seedbed;

namespace {

/// Policy gradient with parameter-based exploration, symmetric pairs (README, equation 1).
///
///   ĝ = 1/N Σ_i ε_i [R(θ + ε_i) − R(θ − ε_i)] / 2σ²        ε_i ~ N(0, σ² I)
///
/// Source: Sehnke et al. 2010, section 2.3; the hyper-mean is θ, σ stands still.
struct Pgpe {
  static constexpr Info info{
      .name = "pgpe",
      .version = "1.0.0",
      .summary = "Likelihood ratio of Gaussian noise on the parameters, in symmetric pairs",
      .source = "F. Sehnke et al., Parameter-exploring policy gradients, 2010"};
  static constexpr Parameter parameters[] = {
      {"sigma", SEEDBED_REAL, "0.1", positive, "", "standard deviation of each parameter"},
      {"common_noise", SEEDBED_BOOLEAN, "true", any, "",
       "whether the two rollouts of a pair have the same noise"}};

  double sigma;
  bool common;
  std::size_t d, N;

  Pgpe(const Values& values, const Context& context)
      : sigma(values.real("sigma")),
        common(values.boolean("common_noise")),
        d(context.parameters),
        N(context.episodes) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_SMOOTHED_J;
    about.bias = SEEDBED_UNBIASED;
    about.coupling = SEEDBED_INDEPENDENT;  // the unit is the pair
    about.plan_normals = N * d;
  }

  /// Requests 2i and 2i + 1: θ + ε_i and θ − ε_i.
  void plan(const double* theta, const double*, const double*, const double* normal,
            Plan& plan) const {
    std::vector<double> moved(d);
    for (std::size_t k = 0; k < 2 * N; ++k) {
      const double* z = normal + k / 2 * d;
      for (std::size_t j = 0; j < d; ++j)
        moved[j] = k % 2 == 0 ? theta[j] + sigma * z[j] : theta[j] - sigma * z[j];
      seedbed_request request{};
      request.theta = moved.data();
      request.episodes = 1;
      request.first_noise = common ? k / 2 : k;
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
      const double slope = (R[2 * i] - R[2 * i + 1]) / (2.0 * sigma * sigma);
      for (std::size_t j = 0; j < d; ++j) g[j] = 0.5 * (above[j] - below[j]) * slope;
      gradient.contribute(i, 1, g);
    }
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<Pgpe>)
