#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "laws/environment.hpp"
#include "contract/setting.hpp"

using namespace seedbed;
using contract::Block;

namespace {

/// A row of the reference: one step of Gymnasium's CartPole-v1.
struct Reference {
  double seed, t, state[4], action, next[4], observation[4], reward, terminated, truncated;
};

std::vector<Reference> reference() {
  std::ifstream file(SEEDBED_SOURCE "/tests/data/CartPole-v1.csv");
  std::string line, field;
  std::getline(file, line);
  std::vector<Reference> rows;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    Reference row{};
    double* number = &row.seed;
    while (std::getline(fields, field, ',')) *number++ = std::stod(field);
    rows.push_back(row);
  }
  REQUIRE(rows.size() == 1577);
  return rows;
}

/// One step of a block of lanes that all stand in `state`.
contract::Lanes step_from(const Instance& cartpole, const double* state, double action) {
  Block before(4, SEEDBED_LANES);
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < SEEDBED_LANES; ++j) before(i, j) = state[i];
  const Block none(0, SEEDBED_LANES);
  return contract::step(cartpole, before, {Block(1, SEEDBED_LANES, action), none, none});
}

}  // namespace

TEST_CASE("cartpole keeps the laws of environments") {
  contract::environment_laws(contract::environment("cartpole"));
}

TEST_CASE("cartpole steps as Gymnasium's CartPole-v1 from every state of the reference") {
  const Instance cartpole = contract::environment("cartpole");
  for (const Reference& row : reference()) {
    const contract::Lanes after = step_from(cartpole, row.state, row.action);
    for (std::size_t i = 0; i < 4; ++i) {
      REQUIRE(after.state(i, 47) == Approx(row.next[i]).margin(1e-9).epsilon(0.0));
      REQUIRE(after.observation(i, 0) == after.state(i, 0));
    }
    REQUIRE(after.reward(0, 0) == row.reward);
    REQUIRE(after.terminated(0, 0) == row.terminated);
  }
}

/// Rationale: 200 steps. The actions are replayed, so nothing balances the pole of a state that is
/// off by a rounding error: it grows by e^(4 s⁻¹ τ) a step, from 1e-17 to 1e-9 in 230 steps.
TEST_CASE("cartpole follows 200 steps of each reference episode, short ones to their end") {
  const Instance cartpole = contract::environment("cartpole");
  double state[4] = {0, 0, 0, 0};
  for (const Reference& row : reference()) {
    if (row.t == 0.0) std::copy_n(row.state, 4, state);
    if (row.t >= 200.0) continue;
    const contract::Lanes after = step_from(cartpole, state, row.action);
    for (std::size_t i = 0; i < 4; ++i) {
      state[i] = after.state(i, 0);
      REQUIRE(state[i] == Approx(row.next[i]).margin(1e-9).epsilon(0.0));
    }
    REQUIRE(after.terminated(0, 0) == row.terminated);
  }
}

TEST_CASE("cartpole starts uniformly within 0.05 of upright, and says its horizon") {
  const Instance cartpole = contract::environment("cartpole");
  Block uniform(4, SEEDBED_LANES, 0.5), none(0, SEEDBED_LANES);
  for (std::size_t i = 0; i < 4; ++i) uniform(i, 1) = 0.25;
  const contract::Lanes first = contract::reset(cartpole, uniform, none);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(first.state(i, 0) == 0.0);
    CHECK(first.state(i, 1) == Approx(-0.025));
  }
  const seedbed_environment_info info = contract::describe_environment(cartpole);
  CHECK(info.horizon == 500);
  CHECK(info.observation->high[0] == Approx(4.8));
  CHECK(info.observation->high[2] == Approx(0.41887903));
}

TEST_CASE("cartpole ends beyond 2.4 m or 12 degrees, on either side, and not at them") {
  const Instance cartpole = contract::environment("cartpole");
  const auto ended = [&](double x, double theta) {
    const double state[4] = {x, 0.0, theta, 0.0};
    return step_from(cartpole, state, 1.0).terminated(0, 0);
  };
  const double edge = 12.0 * 2.0 * 3.141592653589793 / 360.0;
  CHECK(ended(2.4, 0.0) == 0.0);
  CHECK(ended(2.4001, 0.0) == 1.0);
  CHECK(ended(-2.4001, 0.0) == 1.0);
  CHECK(ended(0.0, edge) == 0.0);
  CHECK(ended(0.0, edge + 1e-6) == 1.0);
  CHECK(ended(0.0, -edge - 1e-6) == 1.0);
}
