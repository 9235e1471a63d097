#include <catch2/catch.hpp>
#include <cmath>

#include "laws/policy.hpp"
#include "contract/setting.hpp"

using namespace seedbed;
using contract::Block;

namespace {

std::string refused(const Space& observation, const Space& action) {
  return contract::refusal(contract::setting(SEEDBED_POLICY, "tabular-softmax"),
                           contract::context(observation, action));
}

}  // namespace

TEST_CASE("tabular-softmax keeps the laws of policies") {
  for (const std::uint64_t A : {1u, 2u, 4u}) {
    const Space s = Space::discrete("state", 6), a = Space::discrete("action", A);
    contract::policy_laws(contract::policy("tabular-softmax", s, a), contract::context(s, a));
    contract::policy_laws(contract::policy("tabular-softmax", s, a, "init_scale = 2.0"),
                          contract::context(s, a));
  }
}

TEST_CASE("tabular-softmax of two actions is a logistic function of the difference") {
  const Space s = Space::discrete("state", 2), a = Space::discrete("action", 2);
  const Instance pi = contract::policy("tabular-softmax", s, a);
  const contract::Theta theta = {0.5, -0.5, 0.0, 0.3};
  contract::Acted acted{{0, 0}, Block(1, 2), Block(1, 2), Block(1, 2)};
  acted.observation(0, 1) = acted.action(0, 1) = 1.0;
  const std::vector<double> log_pi = contract::log_prob(pi, theta, acted);
  CHECK(log_pi[0] == Approx(-std::log1p(std::exp(-1.0))).epsilon(1e-15));
  CHECK(log_pi[1] == Approx(-std::log1p(std::exp(-0.3))).epsilon(1e-15));
  const std::vector<double> G = contract::score(pi, theta, acted, Block(1, 2, 2.0), {{0}, {2}});
  const double p = std::exp(log_pi[0]), q = std::exp(log_pi[1]);
  CHECK(G[0] == Approx(2.0 * (1.0 - p)));
  CHECK(G[1] == Approx(-2.0 * (1.0 - p)));
  CHECK(G[2] == Approx(-2.0 * (1.0 - q)));
  CHECK(G[3] == Approx(2.0 * (1.0 - q)));
}

TEST_CASE("tabular-softmax stays finite where preferences differ by thousands") {
  const Space s = Space::discrete("state", 1), a = Space::discrete("action", 3);
  const Instance pi = contract::policy("tabular-softmax", s, a);
  contract::Acted acted{{0}, Block(1, 1), Block(1, 1, 2.0), Block(1, 1)};
  CHECK(contract::log_prob(pi, {5000.0, -5000.0, 0.0}, acted)[0] == -5000.0);
}

TEST_CASE("tabular-softmax needs discrete observations and actions, and says so") {
  const Space box = Space::box({{"x", "m"}, {"y", "m"}}), discrete = Space::discrete("s", 2);
  using Catch::Contains;
  CHECK_THAT(refused(box, discrete), Contains("observation space: expected discrete values"));
  CHECK_THAT(refused(discrete, box),
             Contains("action space: expected discrete values, got a box of 2"));
}
