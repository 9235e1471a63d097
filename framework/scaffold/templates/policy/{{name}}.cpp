#include <algorithm>
#include <seedbed/math.hpp>
#include <seedbed/policy.hpp>

using namespace seedbed;

namespace {

constexpr double half_log_2_pi = 0.91893853320467274178;

/// One Gaussian action around a linear feedback (README, equations 1 and 2), z = (a − θᵀs) / σ.
///
///   a = θᵀs + σ ε, ε ~ N(0, 1)        log π(a∣s) = −z²/2 − log σ − log(2π)/2        ψ = z s / σ
struct {{Name}} {
  static constexpr Info info{.name = "{{name}}",
                             .version = "0.1.0",
                             .summary = "One Gaussian action around a linear feedback",
                             .source = "your paper, section, equation"};
  static constexpr Parameter parameters[] = {
      {"sigma", SEEDBED_REAL, "1.0", positive, "", "standard deviation of the action"}};

  std::size_t d;
  double sigma, log_sigma;
  seedbed_block theta_block;

  {{Name}}(const Values& values, const Context& context)
      : d(box(context.observation, "observation").size),
        sigma(values.real("sigma")),
        log_sigma(math::log(sigma)),
        theta_block{"theta", 0, 1, d} {
    if (box(context.action, "action").size != 1)
      throw Error("action space: expected one number, got " + std::to_string(context.action->size),
                  Exit::plugin);
  }

  void describe(PolicyInfo& about) const {
    about.parameters = d;
    about.blocks = &theta_block;
    about.block_count = 1;
    about.normals = 1;
  }

  void init(const double*, const double*, double* theta) const { std::fill_n(theta, d, 0.0); }

  void act(const double* theta, const Samples& samples, In, In epsilon, Out a, double* log_prob_,
           Scratch& scratch) const {
    for (std::size_t j = 0; j < samples.n; ++j)
      a(0, j) = mean(theta, samples, j) + sigma * epsilon(0, j);
    log_prob(theta, {samples.n, samples.t, samples.observation, a}, log_prob_, scratch);
  }

  void log_prob(const double* theta, const Samples& samples, double* log_prob, Scratch&) const {
    for (std::size_t j = 0; j < samples.n; ++j) {
      const double z = (samples.action(0, j) - mean(theta, samples, j)) / sigma;
      log_prob[j] = -0.5 * (z * z) - log_sigma - half_log_2_pi;
    }
  }

  void score(const double* theta, const Samples& samples, Weights weights, Segments segments,
             double* G, Scratch&) const {
    std::fill_n(G, weights.count * segments.count * d, 0.0);
    for (std::size_t k = 0; k < weights.count; ++k)
      for (std::size_t m = 0; m < segments.count; ++m, G += d)
        for (std::size_t e = 0; e < segments.length[m]; ++e) {
          const std::size_t j = segments.begin[m] + e;
          const double z = (samples.action(0, j) - mean(theta, samples, j)) / sigma;
          for (std::size_t i = 0; i < d; ++i)
            G[i] += weights.w(k, j) * (z * samples.observation(i, j) / sigma);
        }
  }

 private:
  double mean(const double* theta, const Samples& samples, std::size_t j) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < d; ++i) sum += theta[i] * samples.observation(i, j);
    return sum;
  }
};

}  // namespace

SEEDBED_PLUGIN(policy<{{Name}}>)
