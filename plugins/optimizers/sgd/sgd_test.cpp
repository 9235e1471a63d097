#include <catch2/catch.hpp>

#include "contract/setting.hpp"
#include "engine/call.hpp"

using namespace seedbed;

TEST_CASE("gradient ascent adds the step size times the gradient and keeps no state") {
  const Instance sgd(contract::setting(SEEDBED_OPTIMIZER, "sgd", "step = 0.25"),
                     contract::context());
  const auto& functions = sgd.functions<seedbed_optimizer>();
  CHECK(functions.state_size(sgd.self(), 3) == 0);
  const std::vector<double> gradient{4.0, -2.0, 0.0};
  std::vector<double> theta{1.0, 1.0, -1.0};
  for (int k = 0; k < 2; ++k)
    call(sgd, "step", [&](seedbed_message* message) {
      return functions.step(sgd.self(), 3, gradient.data(), theta.data(), nullptr, message);
    });
  CHECK(theta == std::vector<double>{3.0, 0.0, -1.0});
}
