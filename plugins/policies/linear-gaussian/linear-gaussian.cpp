#include <seedbed/linear.hpp>
#include <seedbed/math.hpp>
#include <seedbed/pathwise.hpp>
#include <seedbed/segment_run.hpp>

#include "gaussian.hpp"
#include "reparametrisation.hpp"

using namespace seedbed;

namespace {

constexpr std::size_t capacity = SegmentRun::capacity;  // samples worked on at once: L1

/// A Gaussian around a linear feedback (README, equations 1 to 3), z = (a − K s) / σ.
///
///   a = K s + σ ε, ε ~ N(0, I)        log π(a∣s) = Σ_i −z_i²/2 − log σ_i − log(2π)/2
///   ∂ log π / ∂K[i][k] = z_i s_k / σ_i        ∂ log π / ∂ log σ_i = z_i² − 1
///
/// Source: Williams 1992, section 6.
struct LinearGaussian {
  static constexpr Info info{.name = "linear-gaussian",
                             .version = "1.0.0",
                             .summary = "Gaussian actions around a linear feedback",
                             .source =
                                 "R. J. Williams, Simple statistical gradient-following "
                                 "algorithms, 1992, section 6"};
  static constexpr Parameter parameters[] = {
      {"sigma", SEEDBED_REALS, "[1.0]", positive, "",
       "standard deviations of the actions: one for all, or one each"},
      {"learn_sigma", SEEDBED_BOOLEAN, "false", any, "",
       "whether log sigma is part of theta; sigma is then its start"},
      {"init_scale", SEEDBED_REAL, "0.0", non_negative, "", "standard deviation of K_0"}};

  std::size_t m, f;
  std::vector<double> sigma, log_sigma;  ///< [m], as given
  bool learned;
  double init_scale;
  seedbed_block blocks[2];

  LinearGaussian(const Values& values, const Context& context)
      : m(box(context.action, "action").size),
        f(box(context.observation, "observation").size),
        sigma(values.reals("sigma")),
        learned(values.boolean("learn_sigma")),
        init_scale(values.real("init_scale")),
        blocks{{"K", 0, m, f}, {"log_sigma", m * f, m, 1}} {
    if (sigma.size() == 1) sigma.resize(m, sigma[0]);
    if (sigma.size() != m)
      throw values.error("sigma", "expected 1 or " + std::to_string(m) + " numbers, got " +
                                      std::to_string(sigma.size()));
    for (const double value : sigma) log_sigma.push_back(math::log(value));
  }

  std::size_t parameter_count() const { return m * f + (learned ? m : 0); }

  void describe(PolicyInfo& about) const {
    const std::uint64_t block_count = learned ? 2 : 1;
    about = {parameter_count(), blocks, block_count, 0, init_scale > 0.0 ? m * f : 0, 0, m};
  }

  void init(const double*, const double* normal, double* theta) const {
    for (std::size_t i = 0; i < m * f; ++i)
      theta[i] = init_scale > 0.0 ? init_scale * normal[i] : 0.0;
    if (learned) std::copy(log_sigma.begin(), log_sigma.end(), theta + m * f);
  }

  void act(const double* theta, const Samples& samples, In, In normal, Out action, double* log_prob,
           Scratch& scratch) const {
    const Gaussian noise = gaussian(theta, scratch);
    const Out z(scratch.take(m * capacity), capacity);
    for (std::size_t j = 0; j < samples.n; j += capacity) {
      const std::size_t n = std::min(capacity, samples.n - j);
      const Out a(action.data + j, action.stride);
      linear(theta, m, f, from(samples.observation, j), z, n);
      noise.sample(z, from(normal, j), a, n);
      noise.standardise(a, z, n);
      noise.log_prob(z, n, log_prob + j);
    }
  }

  void log_prob(const double* theta, const Samples& samples, double* log_prob,
                Scratch& scratch) const {
    const Gaussian noise = gaussian(theta, scratch);
    const Out z(scratch.take(m * capacity), capacity);
    for (std::size_t j = 0; j < samples.n; j += capacity) {
      const std::size_t n = std::min(capacity, samples.n - j);
      linear(theta, m, f, from(samples.observation, j), z, n);
      noise.standardise(from(samples.action, j), z, n);
      noise.log_prob(z, n, log_prob + j);
    }
  }

  void score(const double* theta, const Samples& samples, Weights weights, Segments segments,
             double* G, Scratch& scratch) const {
    const std::size_t K = weights.count, d = parameter_count();
    const Gaussian noise = gaussian(theta, scratch);
    const Out z(scratch.take(m * capacity), capacity);
    const Out D(scratch.take(2 * K * m * capacity), capacity);
    double* one = scratch.take(capacity);
    std::fill_n(one, capacity, 1.0);
    OuterSums gain(K * m, f, scratch), width(K * m, 1, scratch);
    for (SegmentRun run(segments); run.next();) {
      const In s = from(samples.observation, run.first), w = from(weights.w, run.first);
      linear(theta, m, f, s, z, run.count);
      noise.standardise(from(samples.action, run.first), z, run.count);
      for (std::size_t k = 0; k < K; ++k) {
        noise.weighted_mean_score(z, w.row(k), run.count, D.row(k * m));
        if (learned) noise.weighted_width_score(z, w.row(k), run.count, D.row((K + k) * m));
      }
      const auto of_weighting = [&](std::size_t i) { return G + i / m * segments.count * d; };
      gain.add(run, D, s, d, [&](std::size_t i) { return of_weighting(i) + i % m * f; });
      if (learned)
        width.add(run, from(D, K * m * capacity), {one, 0}, d,
                  [&](std::size_t i) { return of_weighting(i) + m * f + i % m; });
    }
  }

  void pull_back(const double* theta, const Samples& samples, In, In, In action_bar,
                 Out observation_bar, Scratch& scratch) const {
    reparametrisation(theta, scratch).to_observation(action_bar, observation_bar, samples.n);
  }
  void pull_back_to_theta(const double* theta, const Samples& samples, In, In normal, In action_bar,
                          Segments segments, double* G, Scratch& scratch) const {
    reparametrisation(theta, scratch)
        .to_theta(samples.observation, normal, action_bar, segments, G, scratch);
  }

  static void gain(const void* self, const double* theta, double* K, double* variance) {
    const auto& policy = abi::as<LinearGaussian>(self);
    std::copy_n(theta, policy.m * policy.f, K);
    for (std::size_t i = 0; i < policy.m; ++i) {
      const double sigma = policy.sigma_of(theta, i);
      variance[i] = sigma * sigma;
    }
  }
  /// dsigma^2 / dlog sigma = 2 sigma^2.
  static void pull_back(const void* self, const double* theta, const double* dJ_dK,
                        const double* dJ_dvariance, double* gradient) {
    const auto& policy = abi::as<LinearGaussian>(self);
    std::copy_n(dJ_dK, policy.m * policy.f, gradient);
    for (std::size_t i = 0; policy.learned && i < policy.m; ++i) {
      const double sigma = policy.sigma_of(theta, i);
      gradient[policy.m * policy.f + i] = dJ_dvariance[i] * 2.0 * sigma * sigma;
    }
  }
  static constexpr seedbed_linear_gaussian linear_gaussian{gain, pull_back};
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_POLICY_LINEAR_GAUSSIAN, &linear_gaussian},
      {SEEDBED_POLICY_PATHWISE, &abi::policy_pathwise<LinearGaussian>}};

 private:
  double sigma_of(const double* theta, std::size_t i) const {
    return learned ? math::exp(theta[m * f + i]) : sigma[i];
  }

  Reparametrisation reparametrisation(const double* theta, Scratch& scratch) const {
    double* sigmas = scratch.take(m);
    for (std::size_t i = 0; i < m; ++i) sigmas[i] = sigma_of(theta, i);
    return {m, f, theta, sigmas, learned};
  }

  Gaussian gaussian(const double* theta, Scratch& scratch) const {
    Gaussian noise(m, scratch);
    for (std::size_t i = 0; i < m; ++i)
      noise.set(i, sigma_of(theta, i), learned ? theta[m * f + i] : log_sigma[i]);
    return noise;
  }
};

}  // namespace

SEEDBED_PLUGIN(policy<LinearGaussian>)
