#include "oracle/exact.hpp"

#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"
#include "oracle/regulators.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

DecisionProblem problem(const Setting& environment, const Setting& policy,
                        const Objective& objective) {
  Configuration c;
  c.objective = objective;
  c.environment = environment;
  c.policy = policy;
  return DecisionProblem(c);
}

Exact exact_of(const DecisionProblem& p, const std::vector<double>& theta) {
  Arena arena;
  const auto result = exact(p.environment(), p.policy(), p.objective().horizon,
                            p.objective().discount, theta, arena);
  REQUIRE(result);
  return *result;
}

void check_central_difference(const DecisionProblem& p, const std::vector<double>& theta,
                              double tolerance) {
  constexpr double h = 1e-5;
  const std::vector<double> gradient = exact_of(p, theta).gradient;
  REQUIRE(gradient.size() == theta.size());
  for (std::size_t j = 0; j < theta.size(); ++j) {
    std::vector<double> up = theta, down = theta;
    up[j] += h;
    down[j] -= h;
    const double difference = (exact_of(p, up).J - exact_of(p, down).J) / (2.0 * h);
    CHECK(gradient[j] != difference);  // two computations, not one
    CHECK_THAT(gradient[j], WithinAbs(difference, tolerance));
  }
}

}  // namespace

TEST_CASE("the tabular oracle of the shipped plugins gives the published value and gradient") {
  const Exact three = exact_of(two_states(3).problem(), {0.5, -0.5, 0.0, 0.3});
  CHECK_THAT(three.J, WithinAbs(-0.139271522933, 1e-12));
  CHECK_THAT(three.gradient[0], WithinAbs(-0.0674312155, 5.1e-11));
  CHECK_THAT(three.gradient[1], WithinAbs(+0.0674312155, 5.1e-11));
  CHECK_THAT(three.gradient[2], WithinAbs(+0.1207283279, 5.1e-11));
  CHECK_THAT(three.gradient[3], WithinAbs(-0.1207283279, 5.1e-11));
  const Exact ten = exact_of(two_states(10).problem(), {0.5, -0.5, 0.0, 0.3});
  CHECK_THAT(ten.J, WithinAbs(-0.6672809382, 5.1e-11));
  CHECK_THAT(ten.gradient[0], WithinAbs(-0.1051252992, 5.1e-11));
  CHECK_THAT(ten.gradient[2], WithinAbs(+0.3042064407, 5.1e-11));
}

TEST_CASE("the tabular gradient of the shipped plugins is the central difference of J") {
  check_central_difference(two_states(4).problem(), {0.1, 0.2, -0.3, 0.4}, 1e-9);
  check_central_difference(ending(4, 1.0).problem(), {0.1, 0.2, -0.3, 0.4}, 1e-9);
}

TEST_CASE("the linear-quadratic oracle of the shipped plugins gives Recht's numbers") {
  const DecisionProblem p =
      problem(contract::setting(SEEDBED_ENVIRONMENT, "linear-quadratic", recht),
              contract::setting(SEEDBED_POLICY, "linear-gaussian", "sigma = 0.04"), {10, 1.0});
  CHECK_THAT(exact_of(p, {0.0, 0.0}).gradient[0], WithinAbs(-341.0616, 5e-5));
  // The cost of exploring comes on top of the published 1.605774.
  CHECK(exact_of(p, {-0.480450, -1.249350}).J < -1.605774);
}

TEST_CASE("the linear-quadratic gradient of the shipped plugins is the central difference of J") {
  const Setting environment = contract::setting(SEEDBED_ENVIRONMENT, "linear-quadratic", recht);
  const auto policy = [](const std::string& toml) {
    return contract::setting(SEEDBED_POLICY, "linear-gaussian", toml);
  };
  check_central_difference(problem(environment, policy("sigma = 0.04"), {10, 0.9}), {-0.4, -1.1},
                           1e-6);
  check_central_difference(
      problem(environment, policy("sigma = 0.2\nlearn_sigma = true"), {10, 0.9}),
      {-0.4, -1.1, -1.5}, 1e-6);
}

TEST_CASE("where no oracle fits there is no exact value") {
  const DecisionProblem p = problem(contract::setting(SEEDBED_ENVIRONMENT, "cartpole"),
                                    contract::setting(SEEDBED_POLICY, "linear-softmax"), {10, 1.0});
  Arena arena;
  const std::vector<double> theta(p.parameters(), 0.0);
  CHECK(!exact(p.environment(), p.policy(), 10, 1.0, theta, arena));
}
