#include <algorithm>
#include <seedbed/cholesky.hpp>
#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>

using namespace seedbed;

namespace {

/// Natural gradient direction: the causal gradient times the inverse of the sampled Fisher matrix
/// of trajectories (README, equations 1 to 3).
///
///   x̂ = (F̂ + ε I)⁻¹ ĝ        F̂ = 1/N Σ_i Z_i Z_iᵀ        ĝ = 1/N Σ_i Σ_t γᵗ ψ_t (G_t − b_t)
///
/// Source: Kakade 2001; F over trajectories as in Peters & Schaal 2008, section 4.
struct Natural {
  static constexpr Info info{
      .name = "natural",
      .version = "1.0.0",
      .summary = "Inverse sampled Fisher matrix of trajectories times the causal gradient",
      .source = "S. Kakade, A natural policy gradient, 2001"};
  static constexpr Parameter parameters[] = {
      {"ridge", SEEDBED_REAL, "1e-3", positive, "", "epsilon, added to the diagonal of F"},
      {"baseline", SEEDBED_COMPONENT, "\"none\"", any, "", "b_t, subtracted from G_t", "baseline"}};

  double ridge;
  Baseline baseline;

  Natural(const Values& values, const Context& context)
      : ridge(values.real("ridge")), baseline(values.component("baseline"), context.horizon) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_NATURAL_DIRECTION;
    about.bias = SEEDBED_BIASED;           // by F's error, O(1/N), and by the ridge
    about.coupling = SEEDBED_U_STATISTIC;  // every contribution holds the F of all
    about.state_size = baseline.state_size();
  }

  void begin(double* state) const { baseline.begin(state); }

  void estimate(const Batch& batch, const Policy& pi, const double* state, Gradient& gradient,
                Scratch& scratch) const {
    const std::size_t N = batch.episodes(), d = pi.parameters(), n = batch.samples();
    const Out weight(scratch.take(2 * n), n);  // rows: 1, gamma^t (G_t - b_t)
    std::fill_n(weight.row(0), n, 1.0);
    weights_to_go(batch, baseline, state, weight.row(1), scratch);
    double* Z = scratch.take(2 * N * d);  // then g
    pi.score_sums(batch, 2, weight, 0, N, Z);
    double* g = Z + N * d;

    double* F = scratch.take(d * d);
    outer_sum(Z, nullptr, N, d, F);
    for (std::size_t k = 0; k < d * d; ++k) F[k] /= static_cast<double>(N);
    for (std::size_t j = 0; j < d; ++j) F[j * d + j] += ridge;
    const Cholesky factor(F, d, "F + ridge I");
    for (std::size_t i = 0; i < N; ++i) factor.solve(g + i * d);
    gradient.contribute(0, N, g);
  }

  void commit(const Batch& batch, const Policy&, double* state, Scratch& scratch) const {
    if (baseline.commits()) baseline.commit(batch, returns_to_go(batch, scratch), state, scratch);
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<Natural>)
