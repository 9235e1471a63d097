#include <algorithm>
#include <seedbed/estimator.hpp>
#include <seedbed/math.hpp>
#include <seedbed/returns.hpp>

using namespace seedbed;

namespace {

/// Stochastic variance-reduced policy gradient (README, equations 1 to 3).
///
///   every m-th batch, K N trajectories:   ĝ = μ̃ = 1/KN Σ_i g_i(θ),   θ̃ = θ
///   between, N trajectories under θ:      ĝ = μ̃ + 1/N Σ_i [g_i(θ) − ω_i g_i(θ̃)]
///   g_i(θ) = Σ_t γᵗ ψ_t G_t               ω_i = p(τ_i∣θ̃) / p(τ_i∣θ)
///
/// Source: Papini et al. 2018. State: batches since the snapshot, then θ̃, then μ̃.
struct Svrpg {
  static constexpr Info info{
      .name = "svrpg",
      .version = "1.0.0",
      .summary = "Causal gradient, corrected by a large batch at an earlier theta",
      .source = "M. Papini et al., Stochastic variance-reduced policy gradient, 2018"};
  static constexpr Parameter parameters[] = {
      {"period", SEEDBED_INTEGER, "10", Range{1.0}, "batches", "m: every m-th is a snapshot"},
      {"factor", SEEDBED_INTEGER, "10", Range{1.0}, "", "K: a snapshot takes K N trajectories"}};

  std::size_t m, K, N, d;

  Svrpg(const Values& values, const Context& context)
      : m(static_cast<std::size_t>(values.integer("period"))),
        K(static_cast<std::size_t>(values.integer("factor"))),
        N(context.episodes),
        d(context.parameters) {}

  void describe(EstimatorInfo& about) const {
    about.estimand = SEEDBED_GRADIENT_OF_J;
    about.bias = SEEDBED_UNBIASED;
    about.coupling = SEEDBED_CROSS_ITERATION;
    about.state_size = 1 + 2 * d;
  }

  void plan(const double*, const double* state, const double*, const double*, Plan& plan) const {
    seedbed_request request{};
    request.episodes = takes_snapshot(state) ? K * N : N;
    plan.request(request);
  }

  void estimate(const Batch& batch, const Policy& pi, const double* state, Gradient& gradient,
                Scratch& scratch) const {
    double* g = contributions(batch, pi, scratch);
    if (takes_snapshot(state))
      average(N, K, g);
    else
      correct(batch, state, g, gradient, scratch);
    gradient.contribute(0, N, g);
  }

  void commit(const Batch& batch, const Policy& pi, double* state, Scratch& scratch) const {
    if (takes_snapshot(state)) {
      double* g = contributions(batch, pi, scratch);
      average(N, K, g);
      average(1, N, g);
      std::copy_n(pi.theta(), d, state + 1);
      std::copy_n(g, d, state + 1 + d);
    }
    state[0] = state[0] + 1.0 < static_cast<double>(m) ? state[0] + 1.0 : 0.0;
  }

 private:
  static bool takes_snapshot(const double* state) { return state[0] == 0.0; }

  /// g_i, [episodes][d] in the scratch.
  double* contributions(const Batch& batch, const Policy& pi, Scratch& scratch) const {
    double* weight = scratch.take(batch.samples());
    weights_to_go(batch, Baseline(nullptr, batch.horizon()), nullptr, weight, scratch);
    double* g = scratch.take(batch.episodes() * d);
    pi.score_sums(batch, 1, In(weight, 0), 0, batch.episodes(), g);
    return g;
  }

  /// `left` rows, in place, each the mean of `count` rows that follow each other.
  void average(std::size_t left, std::size_t count, double* g) const {
    for (std::size_t i = 0; i < left; ++i)
      for (std::size_t j = 0; j < d; ++j) {
        double sum = 0.0;
        for (std::size_t k = 0; k < count; ++k) sum += g[(i * count + k) * d + j];
        g[i * d + j] = sum / static_cast<double>(count);
      }
  }

  /// g_i(θ) becomes μ̃ + g_i(θ) − ω_i g_i(θ̃).
  void correct(const Batch& batch, const double* state, double* g, Gradient& gradient,
               Scratch& scratch) const {
    const double *theta = state + 1, *mu = state + 1 + d;
    const Policy earlier(batch.raw(), theta, scratch);
    const double* g_earlier = contributions(batch, earlier, scratch);
    const double* omega = likelihood_ratios(batch, earlier, scratch);
    double sum = 0.0, squares = 0.0;
    for (std::size_t i = 0; i < N; ++i) {
      for (std::size_t j = 0; j < d; ++j)
        g[i * d + j] = mu[j] + (g[i * d + j] - omega[i] * g_earlier[i * d + j]);
      sum += omega[i];
      squares += omega[i] * omega[i];
    }
    if (squares > 0.0) gradient.diagnose("effective_sample_size", sum * sum / squares);
  }

  /// ω_i = exp Σ_t [log π_θ̃(a_t∣s_t) − log π_θ(a_t∣s_t)]; the process itself cancels.
  static const double* likelihood_ratios(const Batch& batch, const Policy& earlier,
                                         Scratch& scratch) {
    double* log_prob = scratch.take(batch.samples());
    earlier.log_prob(batch, log_prob);
    double* omega = scratch.take(batch.episodes());
    for (Trajectory tau : batch) {
      double sum = 0.0;
      for (std::int64_t t = 0; t < tau.length(); ++t)
        sum += log_prob[tau.sample(t)] - batch.raw().log_prob[tau.sample(t)];
      omega[tau.index()] = math::exp(sum);
    }
    return omega;
  }
};

}  // namespace

SEEDBED_PLUGIN(estimator<Svrpg>)
