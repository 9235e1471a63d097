#include <catch2/catch.hpp>
#include <seedbed/environment.hpp>
#include <seedbed/policy.hpp>

#include "laws/environment.hpp"
#include "laws/policy.hpp"
#include "contract/setting.hpp"

using namespace seedbed;

namespace {

/// An environment that breaks one law: a walk on the reals.
enum class Fault { none, hidden_state, not_finite, writes_beyond, neighbour, half_ended, bounds };

template <Fault fault>
struct Walk {
  static constexpr Info info{"walk", "1", "", ""};
  Space observation = Space::box({{"x", "m", -1e6, fault == Fault::bounds ? 0.0 : 1e6}});
  Space action = Space::discrete("step", 2);
  mutable double calls = 0.0;

  Walk(const Values&, const Context&) {}
  void describe(EnvironmentInfo& about) const {
    about = {observation.raw(), action.raw(), 1, 0, 0, 1, 1, 0};
  }
  void reset(std::size_t n, In, In z, Out x, Out o, Scratch&) const {
    for (std::size_t j = 0; j < n; ++j) o(0, j) = x(0, j) = z(0, j);
  }
  void step(std::size_t n, In a, In u, In, Out x, Out o, double* r, double* end, Scratch&) const {
    calls += fault == Fault::hidden_state ? 1.0 : 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      x(0, j) += (a(0, j) - 0.5) * u(0, j) + calls;
      if (fault == Fault::neighbour) x(0, j) += j > 0 ? x(0, j - 1) : 0.0;
      o(0, j) = x(0, j);
      r[j] = fault == Fault::not_finite && x(0, j) > 1.0 ? 1.0 / 0.0 : x(0, j);
      end[j] = std::abs(x(0, j)) < 2.0 ? 0.0 : fault == Fault::half_ended ? 0.5 : 1.0;
    }
    if (fault == Fault::writes_beyond) r[n] = 0.0;
  }
};

/// A Bernoulli policy with logit theta that breaks one law.
enum class Mistake { none, factor, order, outside, log_pi, accumulates };

template <Mistake mistake>
struct Coin {
  static constexpr Info info{"coin", "1", "", ""};
  static constexpr seedbed_block block{"theta", 0, 1, 1};

  Coin(const Values&, const Context&) {}
  void describe(PolicyInfo& about) const { about = {1, &block, 1, 0, 0, 1, 0}; }
  void init(const double*, const double*, double* theta) const { *theta = 0.0; }
  static double p(const double* theta) { return 1.0 / (1.0 + std::exp(-*theta)); }

  void act(const double* theta, const Samples& s, In u, In, Out a, double* log_pi, Scratch&) const {
    for (std::size_t j = 0; j < s.n; ++j) {
      a(0, j) = u(0, j) < p(theta) ? 1.0 : 0.0;
      log_pi[j] = std::log(a(0, j) != 0.0 ? p(theta) : 1.0 - p(theta));
      if (mistake == Mistake::log_pi) log_pi[j] += 1e-9;
    }
  }
  void log_prob(const double* theta, const Samples& s, double* log_pi, Scratch&) const {
    for (std::size_t j = 0; j < s.n; ++j)
      log_pi[j] = std::log(s.action(0, j) != 0.0 ? p(theta) : 1.0 - p(theta));
  }
  void score(const double* theta, const Samples& s, Weights w, Segments segments, double* G,
             Scratch&) const {
    double carried = 0.0;
    for (std::size_t k = 0; k < w.count; ++k)
      for (std::size_t m = 0; m < segments.count; ++m) {
        double sum = mistake == Mistake::accumulates ? carried : 0.0;
        const std::size_t end = segments.begin[m] + segments.length[m];
        for (std::size_t j = segments.begin[m]; j < end; ++j)
          sum += w.w(k, j) * (s.action(0, j) - (mistake == Mistake::factor ? 0.5 : p(theta)));
        if (mistake == Mistake::outside && end < s.n) sum += 0.0 * w.w(k, end);
        if (mistake == Mistake::order && segments.count == 1) sum *= 1.0 + 1e-15;
        G[k * segments.count + m] = carried = sum;
      }
  }
};

template <class T>
std::string environment_verdict() {
  static const Plugin plugin{&environment<T>, nullptr};
  try {
    contract::environment_laws(Instance({&plugin, {}}, contract::context()));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

template <class T>
std::string policy_verdict() {
  static const Plugin plugin{&policy<T>, nullptr};
  const Space s = Space::box({{"s", ""}}), a = Space::discrete("a", 2);
  const seedbed_context context = contract::context(s, a);
  try {
    contract::policy_laws(Instance({&plugin, {}}, context), context);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("the environment laws name the law that an environment breaks") {
  using Catch::Contains;
  CHECK(environment_verdict<Walk<Fault::none>>() == "");
  CHECK_THAT(environment_verdict<Walk<Fault::hidden_state>>(), Contains("same bits"));
  CHECK_THAT(environment_verdict<Walk<Fault::not_finite>>(), Contains("outputs are finite"));
  CHECK_THAT(environment_verdict<Walk<Fault::writes_beyond>>(), Contains("nothing beyond"));
  CHECK_THAT(environment_verdict<Walk<Fault::neighbour>>(), Contains("permuted lanes"));
  CHECK_THAT(environment_verdict<Walk<Fault::half_ended>>(), Contains("terminated is 0 or 1"));
  CHECK_THAT(environment_verdict<Walk<Fault::bounds>>(), Contains("within bounds"));
}

TEST_CASE("the policy laws name the law that a policy breaks") {
  using Catch::Contains;
  CHECK(policy_verdict<Coin<Mistake::none>>() == "");
  CHECK_THAT(policy_verdict<Coin<Mistake::factor>>(), Contains("central difference"));
  CHECK_THAT(policy_verdict<Coin<Mistake::order>>(), Contains("same bits"));
  CHECK_THAT(policy_verdict<Coin<Mistake::outside>>(), Contains("outside of segments"));
  CHECK_THAT(policy_verdict<Coin<Mistake::log_pi>>(), Contains("log pi of act"));
  CHECK_THAT(policy_verdict<Coin<Mistake::accumulates>>(),
             Contains("sum of single scores") || Contains("central difference"));
}
