#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"

using namespace seedbed;
using Catch::Contains;
using Catch::Matchers::WithinAbs;

TEST_CASE("all-action is unbiased, on episodes that end early too") {
  for (const double gamma : {0.9, 1.0})
    for (const std::uint64_t H : {1u, 2u, 4u}) {
      CHECK(two_states(H, gamma).certify_contribution("all-action").largest_bias() < 1e-12);
      CHECK(ending(H, gamma).certify_contribution("all-action").largest_bias() < 1e-12);
    }
  CHECK(ending(2).certify("all-action", "", 2).largest_bias() < 1e-12);
}

TEST_CASE("all-action varies less than reward-to-go, which varies less than REINFORCE") {
  const SmallProcess process = two_states(3);
  const auto variance = [&](const char* name) {
    return process.certify_contribution(name).gradient.variance(0);
  };
  CHECK_THAT(variance("reward-to-go"), WithinAbs(0.0778290516, 1e-9));
  CHECK_THAT(variance("reinforce"), WithinAbs(0.1559467896, 1e-9));
  CHECK_THAT(variance("all-action"), WithinAbs(0.0008951328, 5.1e-11));
}

TEST_CASE("on the bandit all-action does not vary") {
  const Certificate certificate = bandit(0.3, 1.5, 0.25).certify_contribution("all-action");
  CHECK_THAT(certificate.gradient.variance(1), WithinAbs(0.0, 1e-30));
  CHECK_THAT(certificate.gradient.mean()[1], WithinAbs(0.3 * 0.7 * (0.25 - 1.5), 1e-14));
}

TEST_CASE("over one step all-action varies with the first state alone") {
  // State 1 rewards both actions alike: its contribution to component 0 is 0. State 0, half of the
  // starts, gives g = p (1 - p) (r_0 - r_1): mean g/2, variance g^2/4.
  const SmallProcess process = two_states(1);
  const Certificate certificate = process.certify_contribution("all-action");
  const double p = 1.0 / (1.0 + math::exp(-1.0)), g = p * (1.0 - p) * (-0.45 + 0.1);
  CHECK_THAT(certificate.gradient.mean()[0], WithinAbs(g / 2.0, 1e-14));
  CHECK_THAT(certificate.gradient.variance(0), WithinAbs(g * g / 4.0, 1e-14));
}

TEST_CASE("all-action asks for a tabular environment and a policy that lists its actions") {
  const EstimatorInUse estimator = two_states(2).estimator("all-action");
  CHECK(estimator.info.bias == SEEDBED_UNBIASED);
  CHECK(estimator.info.coupling == SEEDBED_INDEPENDENT);
  CHECK(std::string(estimator.info.environment_capabilities[0]) == SEEDBED_ENVIRONMENT_TABULAR);
  CHECK(std::string(estimator.info.policy_capabilities[0]) == SEEDBED_POLICY_ENUMERATE);
}
