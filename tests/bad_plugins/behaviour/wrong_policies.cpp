#include <algorithm>
#include <cmath>
#include <seedbed/policy.hpp>

using namespace seedbed;

/// A Bernoulli policy with logit theta and one mistake each. check_test.py shows which case of
/// `seedbed check` catches which.
namespace {

struct None {
  static constexpr const char* name = "wrong-none";
  static constexpr double score = 0.0;       ///< added to p in the score
  static constexpr double log_pi = 0.0;      ///< added to the log pi of act
  static constexpr double everywhere = 0.0;  ///< added to every log pi
  static constexpr double mass = 0.0;        ///< added to the probability of 1
  static constexpr double prepared = 0.0;    ///< added to the theta that is prepared
  static constexpr double fisher = 0.0;      ///< added to F
};
struct Score : None {
  static constexpr const char* name = "wrong-score";
  static constexpr double score = 1e-5;
};
struct ActLogPi : None {
  static constexpr const char* name = "wrong-log-pi";
  static constexpr double log_pi = 1e-9;
};
struct Constant : None {
  static constexpr const char* name = "wrong-constant";
  static constexpr double everywhere = 0.5;
};
struct Mass : None {
  static constexpr const char* name = "wrong-mass";
  static constexpr double mass = 1e-6;
};
struct Stale : None {
  static constexpr const char* name = "wrong-prepared";
  static constexpr double prepared = 1e-15;
};
struct Fisher : None {
  static constexpr const char* name = "wrong-fisher";
  static constexpr double fisher = 1e-8;
};

template <class Mistake>
struct Coin {
  static constexpr Info info{Mistake::name, "1.0.0", "Wrong on purpose", "none"};
  static constexpr seedbed_block block{"theta", 0, 1, 1};

  static uint64_t actions(const void*) { return 2; }
  static int32_t probabilities(const void*, const double* theta, uint64_t n, const int64_t*,
                               seedbed_in, seedbed_out p, seedbed_scratch*, seedbed_message*) {
    for (uint64_t j = 0; j < n; ++j) {
      p.data[j] = of(theta, 0.0);
      p.data[p.stride + j] = of(theta, 1.0) + Mistake::mass;
    }
    return SEEDBED_OK;
  }
  static constexpr seedbed_enumerate enumerate{actions, probabilities};

  Coin(const Values&, const Context& context) {
    if (discrete(context.action, "action").count > 3)
      throw Error("action space: expected few values");
  }
  void describe(PolicyInfo& about) const { about = {1, &block, 1, 0, 0, 1, 0}; }
  void init(const double*, const double*, double* theta) const { *theta = 0.0; }

  ///   π(1) = 1 / (1 + exp(−θ)),  π(0) = 1 / (1 + exp(θ))
  static double of(const double* theta, double a) {
    return 1.0 / (1.0 + std::exp(a != 0.0 ? -*theta : *theta));
  }
  void act(const double* theta, const Samples& s, In u, In, Out a, double* log_pi, Scratch&) const {
    for (std::size_t j = 0; j < s.n; ++j) {
      a(0, j) = u(0, j) < of(theta, 1.0) ? 1.0 : 0.0;
      log_pi[j] = std::log(of(theta, a(0, j))) + Mistake::log_pi + Mistake::everywhere;
    }
  }
  void log_prob(const double* theta, const Samples& s, double* log_pi, Scratch&) const {
    for (std::size_t j = 0; j < s.n; ++j)
      log_pi[j] = std::log(of(theta, s.action(0, j))) + Mistake::everywhere;
  }
  ///   ψ = a − π(1)
  void score(const double* theta, const Samples& s, Weights w, Segments segments, double* G,
             Scratch&) const {
    for (std::size_t k = 0; k < w.count; ++k)
      for (std::size_t m = 0; m < segments.count; ++m) {
        double sum = 0.0;
        for (std::size_t j = segments.begin[m]; j < segments.begin[m] + segments.length[m]; ++j)
          sum += w.w(k, j) * (s.action(0, j) != 0.0 ? of(theta, 0.0) + Mistake::score
                                                    : -of(theta, 1.0) + Mistake::score);
        G[k * segments.count + m] = sum;
      }
  }

  std::size_t prepared_size() const { return 1; }
  struct Prepared {
    const Coin& policy;
    const double* theta;

    Prepared(const Coin& coin, const double* exact, double* numbers)
        : policy(coin), theta(numbers) {
      *numbers = *exact + Mistake::prepared;
    }
    void act(const double*, const Samples& s, In u, In z, Out a, double* log_pi,
             Scratch& scratch) const {
      policy.act(theta, s, u, z, a, log_pi, scratch);
    }
    void log_prob(const double*, const Samples& s, double* log_pi, Scratch& scratch) const {
      policy.log_prob(theta, s, log_pi, scratch);
    }
    void score(const double*, const Samples& s, Weights w, Segments segments, double* G,
               Scratch& scratch) const {
      policy.score(theta, s, w, segments, G, scratch);
    }
  };

  ///   H = −Σ π log π,  KL = Σ π (log π − log π'),  F = π(0) π(1)
  static int32_t entropy(const void*, const double* theta, uint64_t n, const int64_t*, seedbed_in,
                         double* H, seedbed_scratch*, seedbed_message*) {
    const double p = of(theta, 1.0), q = of(theta, 0.0);
    std::fill_n(H, n, -p * std::log(p) - q * std::log(q));
    return SEEDBED_OK;
  }
  static int32_t divergence(const void*, const double* theta, const double* other, uint64_t n,
                            const int64_t*, seedbed_in, double* KL, seedbed_scratch*,
                            seedbed_message*) {
    const double p = of(theta, 1.0), q = of(theta, 0.0);
    std::fill_n(KL, n, p * std::log(p / of(other, 1.0)) + q * std::log(q / of(other, 0.0)));
    return SEEDBED_OK;
  }
  static int32_t fisher(const void*, const double* theta, const double* v, uint64_t n,
                        const int64_t*, seedbed_in, const double* weight, double* product,
                        seedbed_scratch*, seedbed_message*) {
    *product = 0.0;
    for (uint64_t j = 0; j < n; ++j)
      *product += weight[j] * (of(theta, 0.0) * of(theta, 1.0) + Mistake::fisher) * *v;
    return SEEDBED_OK;
  }
  static constexpr seedbed_policy_distribution distribution{entropy, divergence, fisher};
  static constexpr seedbed_capability capabilities[] = {
      {SEEDBED_POLICY_ENUMERATE, &enumerate},
      {SEEDBED_POLICY_PREPARED, &abi::prepared_of<Coin>},
      {SEEDBED_POLICY_DISTRIBUTION, &distribution}};
};

}  // namespace

SEEDBED_PLUGIN(policy<Coin<None>>, policy<Coin<Score>>, policy<Coin<ActLogPi>>,
               policy<Coin<Constant>>, policy<Coin<Mass>>, policy<Coin<Stale>>,
               policy<Coin<Fisher>>)
