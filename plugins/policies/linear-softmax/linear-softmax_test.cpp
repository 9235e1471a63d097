#include <catch2/catch.hpp>
#include <cmath>

#include "laws/policy.hpp"
#include "contract/setting.hpp"

using namespace seedbed;
using contract::Block;

namespace {

std::string refused(const Space& observation, const Space& action) {
  return contract::refusal(contract::setting(SEEDBED_POLICY, "linear-softmax"),
                           contract::context(observation, action));
}

}  // namespace

TEST_CASE("linear-softmax keeps the laws of policies") {
  for (const std::uint64_t A : {1u, 2u, 3u, 7u})
    for (const std::size_t f : {1u, 4u, 6u}) {
      const Space s = contract::box("s", f), a = Space::discrete("action", A);
      INFO(A << " actions, " << f << " features");
      contract::policy_laws(contract::policy("linear-softmax", s, a), contract::context(s, a));
      contract::policy_laws(contract::policy("linear-softmax", s, a, "init_scale = 1.0"),
                            contract::context(s, a));
    }
}

TEST_CASE("linear-softmax starts at the uniform policy, exactly") {
  const Space s = contract::box("s", 4), a = Space::discrete("action", 2);
  const Instance pi = contract::policy("linear-softmax", s, a);
  const contract::Acted acted{{0, 0, 0}, Block(4, 3, 1.7), Block(1, 3), Block(1, 3)};
  for (const double value : contract::log_prob(pi, contract::Theta(8, 0.0), acted))
    CHECK(value == -0x1.62e42fefa39efp-1);  // log 2
}

TEST_CASE("linear-softmax sums a long segment as a short one: one order for every sample") {
  const Space s = contract::box("s", 4), a = Space::discrete("action", 2);
  const Instance pi = contract::policy("linear-softmax", s, a);
  contract::Source source(7);
  const contract::Theta theta = {0.3, -0.2, 0.5, 0.1, -0.4, 0.2, 0.0, 0.7};
  const std::size_t n = 1003;
  contract::Acted acted{std::vector<std::int64_t>(n, 0), source.normals(4, n), Block(1, n),
                        Block(1, n)};
  for (std::size_t j = 0; j < n; j += 3) acted.action(0, j) = 1.0;
  const Block weights = source.normals(1, n);
  const std::vector<double> all = contract::score(pi, theta, acted, weights, {{0}, {n}});
  const std::vector<double> parts =
      contract::score(pi, theta, acted, weights, {{0, 501}, {501, n - 501}});
  for (std::size_t i = 0; i < 8; ++i)
    CHECK(all[i] == Approx(parts[i] + parts[8 + i]).epsilon(1e-12).margin(1e-12));
  for (std::size_t i = 0; i < 4; ++i) CHECK(all[i] == Approx(-all[4 + i]).epsilon(1e-12));
}

TEST_CASE("linear-softmax needs a box to observe and discrete actions, and says so") {
  const Space box = contract::box("s", 2), discrete = Space::discrete("s", 3);
  using Catch::Contains;
  CHECK_THAT(refused(discrete, discrete), Contains("observation space: expected a box, got 3"));
  CHECK_THAT(refused(box, box), Contains("action space: expected discrete values"));
}
