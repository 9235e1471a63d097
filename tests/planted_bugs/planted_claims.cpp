#include <algorithm>
#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>

using namespace seedbed;

/// Estimators that say something wrong of their own bias. end_to_end/certify_test.py shows that
/// certification believes none of them.
namespace {

void declare(EstimatorInfo& about, std::uint32_t bias) {
  about.estimand = SEEDBED_GRADIENT_OF_J;
  about.bias = bias;
  about.coupling = SEEDBED_U_STATISTIC;
}

/// Says that it has no bias: the optimal baseline of each component, from the very sample.
///
///   ĝ_j = 1/N Σ_i Z_ij (R_i − b_j)        b_j = Σ_i Z_ij² R_i / Σ_i Z_ij²
struct InSampleOptimum {
  static constexpr Info info{.name = "planted-in-sample-optimum",
                             .version = "1.0.0",
                             .summary = "In-sample optimal baseline, declared unbiased",
                             .source = "none: wrong on purpose"};
  InSampleOptimum(const Values&, const Context&) {}
  void describe(EstimatorInfo& about) const { declare(about, SEEDBED_UNBIASED); }
  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    const std::size_t N = batch.episodes(), d = pi.parameters();
    const double* R = whole_returns(batch, scratch);
    double *one = scratch.take(batch.samples()), *Z = scratch.take(N * d);
    std::fill_n(one, batch.samples(), 1.0);
    pi.score_sums(batch, 1, In(one, 0), 0, N, Z);
    for (std::size_t j = 0; j < d; ++j) {
      double b = 0.0, squares = 0.0;
      for (std::size_t i = 0; i < N; ++i) b += Z[i * d + j] * Z[i * d + j] * R[i];
      for (std::size_t i = 0; i < N; ++i) squares += Z[i * d + j] * Z[i * d + j];
      for (std::size_t i = 0; i < N; ++i)
        Z[i * d + j] *= R[i] - (squares > 0.0 ? b / squares : 0.0);
    }
    g.contribute(0, N, Z);
  }
};

/// Says that its bias is half of what it is.
///
///   ĝ = 1/N Σ_i Z_i (R_i − R̄)        E ĝ = (1 − 1/N) ∇J
struct MisjudgedBias {
  static constexpr Info info{.name = "planted-misjudged-bias",
                             .version = "1.0.0",
                             .summary = "Batch mean that declares half of its bias",
                             .source = "none: wrong on purpose"};
  std::size_t N;
  MisjudgedBias(const Values&, const Context& context) : N(context.episodes) {}
  void describe(EstimatorInfo& about) const {
    declare(about, SEEDBED_BIASED);
    about.relative_bias = -0.5 / static_cast<double>(N);
  }
  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    const double* R = whole_returns(batch, scratch);
    double* weight = scratch.take(batch.samples());
    double mean = 0.0;
    for (std::size_t i = 0; i < batch.episodes(); ++i)
      mean += R[i] / static_cast<double>(batch.episodes());
    for (Trajectory tau : batch)
      for (std::int64_t t = 0; t < tau.length(); ++t) weight[tau.sample(t)] = R[tau.index()] - mean;
    pi.score(batch, weight, g);
  }
};

/// Says that its bias goes away as N grows: every score has one weight, gamma^t is missing.
struct Inconsistent {
  static constexpr Info info{.name = "planted-inconsistent",
                             .version = "1.0.0",
                             .summary = "Reward-to-go without gamma^t, declared consistent",
                             .source = "none: wrong on purpose"};
  Inconsistent(const Values&, const Context&) {}
  void describe(EstimatorInfo& about) const { declare(about, SEEDBED_CONSISTENT); }
  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& g,
                Scratch& scratch) const {
    const Targets G = returns_to_go(batch, scratch);
    double* weight = scratch.take(batch.samples());
    for (Trajectory tau : batch)
      for (std::int64_t t = 0; t < tau.length(); ++t) weight[tau.sample(t)] = G(tau, t);
    pi.score(batch, weight, g);
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<InSampleOptimum>, estimator<MisjudgedBias>, estimator<Inconsistent>)
