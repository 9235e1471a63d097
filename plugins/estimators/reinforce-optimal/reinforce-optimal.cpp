#include <seedbed/estimator.hpp>
#include <seedbed/returns.hpp>

using namespace seedbed;

namespace {

/// REINFORCE with the variance-optimal baseline of each component, estimated in-sample
/// (README, equations 1 and 2).
///
///   ĝ_j = 1/N Σ_i Z_ij (R_i − b_j)        b_j = Σ_i Z_ij² R_i / Σ_i Z_ij²,   Z_i = Σ_t ψ_t
///
/// b_j = 0 where its denominator is 0. Source: Peters & Schaal 2008, section 3.2.
struct ReinforceOptimal {
  static constexpr Info info{
      .name = "reinforce-optimal",
      .version = "1.0.0",
      .summary = "REINFORCE with the optimal baseline per component, estimated in-sample",
      .source = "J. Peters and S. Schaal, Reinforcement learning of motor skills, 2008"};

  ReinforceOptimal(const Values&, const Context&) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_CONSISTENT;  // the sample enters its own baseline: bias O(1/N)
    about.coupling = SEEDBED_U_STATISTIC;
  }

  void estimate(const Batch& batch, const Policy& pi, const double*, Gradient& gradient,
                Scratch& scratch) const {
    const std::size_t N = batch.episodes(), d = pi.parameters();
    const double* R = whole_returns(batch, scratch);
    double* Z = score_sums(batch, pi, scratch);
    double* b = scratch.take(d);
    double* denominator = scratch.take(d);
    std::fill_n(b, d, 0.0);
    std::fill_n(denominator, d, 0.0);
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < d; ++j) {
        const double square = Z[i * d + j] * Z[i * d + j];
        b[j] += square * R[i];
        denominator[j] += square;
      }
    for (std::size_t j = 0; j < d; ++j) b[j] = denominator[j] > 0.0 ? b[j] / denominator[j] : 0.0;

    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < d; ++j) Z[i * d + j] *= R[i] - b[j];
    gradient.contribute(0, N, Z);
  }

 private:
  /// Z [N][d], in the scratch.
  static double* score_sums(const Batch& batch, const Policy& pi, Scratch& scratch) {
    double* one = scratch.take(batch.samples());
    std::fill_n(one, batch.samples(), 1.0);
    double* Z = scratch.take(batch.episodes() * pi.parameters());
    pi.score_sums(batch, 1, In(one, 0), 0, batch.episodes(), Z);
    return Z;
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<ReinforceOptimal>)
