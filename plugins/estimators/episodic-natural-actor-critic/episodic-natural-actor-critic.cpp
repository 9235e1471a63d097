#include <algorithm>
#include <seedbed/cholesky.hpp>
#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>

using namespace seedbed;

namespace {

/// Episodic natural actor-critic: returns regressed on compatible features (README, equation 1).
///
///   (w, v) = argmin 1/N Σ_i (R_i − wᵀφ_i − v)² + ε ‖w‖²        φ_i = Σ_t γᵗ ψ_t        ĝ = w
///
/// by its normal equations, centred: with A = 1/N Σ_i (φ_i − φ̄)(φ_i − φ̄)ᵀ + ε I,
///
///   w = 1/N Σ_i A⁻¹ (φ_i − φ̄)(R_i − R̄)
///
/// Source: Peters & Schaal 2008, section 4.3.
struct EpisodicNaturalActorCritic {
  static constexpr Info info{
      .name = "episodic-natural-actor-critic",
      .version = "1.0.0",
      .summary = "Natural direction by regressing returns on summed scores and a constant",
      .source = "J. Peters and S. Schaal, Natural actor-critic, 2008"};
  static constexpr Parameter parameters[] = {{"ridge", SEEDBED_REAL, "1e-3", positive, "",
                                              "epsilon, weight of |w|^2 beside the mean error"}};

  double ridge;

  EpisodicNaturalActorCritic(const Values& values, const Context&) : ridge(values.real("ridge")) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_NATURAL_DIRECTION;
    about.bias = SEEDBED_BIASED;  // by A's error, O(1/N), by the ridge, and by gamma^t
    about.coupling = SEEDBED_U_STATISTIC;  // every contribution holds the A of all
  }

  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& gradient,
                Scratch& scratch) const {
    const std::size_t N = batch.episodes(), d = pi.parameters();
    double* phi = centred_features(batch, pi, scratch);
    const double* R = whole_returns(batch, scratch);
    double mean = 0.0;
    for (std::size_t i = 0; i < N; ++i) mean += R[i] / static_cast<double>(N);

    double* A = scratch.take(d * d);
    outer_sum(phi, nullptr, N, d, A);
    for (std::size_t k = 0; k < d * d; ++k) A[k] /= static_cast<double>(N);
    for (std::size_t j = 0; j < d; ++j) A[j * d + j] += ridge;
    const Cholesky factor(A, d, "A + ridge I");
    for (std::size_t i = 0; i < N; ++i) {
      double* g = phi + i * d;
      for (std::size_t j = 0; j < d; ++j) g[j] *= R[i] - mean;
      factor.solve(g);
    }
    gradient.contribute(0, N, phi);
  }

 private:
  /// φ_i − φ̄, [N][d] in the scratch.
  static double* centred_features(const Batch& batch, const Policy& pi, Scratch& scratch) {
    const std::size_t N = batch.episodes(), d = pi.parameters();
    const double* power = discounts(batch.discount(), batch.horizon(), scratch);
    double* weight = scratch.take(batch.samples());
    for (Trajectory tau : batch)
      for (std::int64_t t = 0; t < tau.length(); ++t) weight[tau.sample(t)] = power[t];
    double* phi = scratch.take(N * d);
    pi.score_sums(batch, 1, In(weight, 0), 0, N, phi);
    for (std::size_t j = 0; j < d; ++j) {
      double mean = 0.0;
      for (std::size_t i = 0; i < N; ++i) mean += phi[i * d + j] / static_cast<double>(N);
      for (std::size_t i = 0; i < N; ++i) phi[i * d + j] -= mean;
    }
    return phi;
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<EpisodicNaturalActorCritic>)
