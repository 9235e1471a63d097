#include <catch2/catch.hpp>
#include <cmath>

#include "contract/setting.hpp"
#include "engine/call.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

struct Run {
  Instance adam;
  std::vector<double> theta, state;

  Run(const std::string& toml, std::vector<double> theta_)
      : adam(contract::setting(SEEDBED_OPTIMIZER, "adam", toml), contract::context()),
        theta(std::move(theta_)),
        state(functions().state_size(adam.self(), theta.size()), 0.0) {}

  const seedbed_optimizer& functions() const { return adam.functions<seedbed_optimizer>(); }
  void step(const std::vector<double>& gradient) {
    call(adam, "step", [&](seedbed_message* message) {
      return functions().step(adam.self(), theta.size(), gradient.data(), theta.data(),
                              state.data(), message);
    });
  }
};

}  // namespace

TEST_CASE("the first step of Adam is alpha in the direction of each sign") {
  Run run("step = 0.125", {1.0, 1.0, 1.0});
  run.step({1e-3, -50.0, 0.0});
  CHECK_THAT(run.theta[0], WithinAbs(1.125, 2e-6));  // epsilon against 1e-3
  CHECK_THAT(run.theta[1], WithinAbs(0.875, 1e-10));
  CHECK(run.theta[2] == 1.0);
}

TEST_CASE("three steps of Adam are those of its formula") {
  //   m_k = b1 m + (1-b1) g,  v_k = b2 v + (1-b2) g^2,
  //   theta += alpha (m_k / (1-b1^k)) / (sqrt(v_k / (1-b2^k)) + epsilon)
  const double alpha = 0.01, b1 = 0.8, b2 = 0.95, epsilon = 1e-3;
  Run run("step = 0.01\nbeta1 = 0.8\nbeta2 = 0.95\nepsilon = 1e-3", {0.5});
  const double g[3] = {2.0, -0.5, 0.125};
  long double theta = 0.5, m = 0.0, v = 0.0;
  for (int k = 1; k <= 3; ++k) {
    m = b1 * m + (1.0L - b1) * g[k - 1];
    v = b2 * v + (1.0L - b2) * g[k - 1] * g[k - 1];
    const long double first = m / (1.0L - std::pow(static_cast<long double>(b1), k));
    const long double second = v / (1.0L - std::pow(static_cast<long double>(b2), k));
    theta += alpha * first / (std::sqrt(second) + epsilon);
    run.step({g[k - 1]});
    CHECK_THAT(run.theta[0], WithinAbs(static_cast<double>(theta), 1e-15));
  }
}

TEST_CASE("a constant gradient moves Adam by alpha at every step") {
  Run run("step = 0.5\nepsilon = 1e-12", {0.0});
  for (int k = 1; k <= 2000; ++k) run.step({-3.0});
  CHECK_THAT(run.theta[0], WithinAbs(-1000.0, 1e-7));
}

TEST_CASE("components of Adam do not disturb each other") {
  Run both("", {0.25, -0.5}), left("", {0.25}), right("", {-0.5});
  for (const double g : {1.0, -0.25, 3.0}) {
    both.step({g, -g});
    left.step({g});
    right.step({-g});
  }
  CHECK(both.theta == std::vector<double>{left.theta[0], right.theta[0]});
}
