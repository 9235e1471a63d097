#include <catch2/catch.hpp>

#include "laws/environment.hpp"
#include "contract/setting.hpp"

using namespace seedbed;
using Catch::Contains;
using contract::Block;

namespace {

const std::string recht =
    "A = [[1.0, 1.0], [0.0, 1.0]]\nB = [[0.0], [1.0]]\nR = [[1.0]]\nx0 = [-1.0, 0.0]\n"
    "Q_next = [[1.0, 0.0], [0.0, 0.0]]\nW = [[1e-4, 0.0], [0.0, 1e-4]]\n";

/// Three states, two actions, everything given and dense; W has rank 2.
const std::string dense =
    "A = [[0.9, 0.1, 0.0], [-0.2, 0.8, 0.3], [0.1, 0.0, 0.7]]\n"
    "B = [[1.0, 0.0], [0.5, 0.2], [0.0, -1.0]]\n"
    "Q = [[1.0, 0.3, 0.0], [0.3, 2.0, -0.1], [0.0, -0.1, 0.5]]\n"
    "R = [[0.4, 0.1], [0.1, 0.6]]\nQ_next = [[0.1, 0, 0], [0, 0.2, 0], [0, 0, 0.3]]\n"
    "W = [[0.04, 0.02, 0.0], [0.02, 0.01, 0.0], [0.0, 0.0, 0.25]]\nx0 = [0.5, -1.0, 2.0]\n"
    "X0 = [[0.5, 0.1, -0.2], [0.1, 0.3, 0.0], [-0.2, 0.0, 0.4]]\n";

std::string refused(const std::string& toml) {
  return contract::refusal(contract::setting(SEEDBED_ENVIRONMENT, "linear-quadratic", toml),
                           contract::context());
}

std::string one_dimensional(const std::string& more) {
  return "A = [[1.0]]\nB = [[1.0]]\nR = [[1.0]]\n" + more;
}

}  // namespace

TEST_CASE("linear-quadratic keeps the laws of environments") {
  contract::environment_laws(contract::environment("linear-quadratic", recht));
  contract::environment_laws(contract::environment("linear-quadratic", dense));
}

TEST_CASE("linear-quadratic steps as its model says, for a singular covariance too") {
  contract::linear_quadratic_laws(contract::environment("linear-quadratic", recht));
  contract::linear_quadratic_laws(contract::environment("linear-quadratic", dense));
}

TEST_CASE("linear-quadratic without noise costs Recht's regulator 1.605774 under its best gain") {
  std::string quiet = recht;
  quiet.resize(quiet.find("W = "));
  const Instance lqr = contract::environment("linear-quadratic", quiet);
  const auto cost = [&](double k0, double k1) {
    const Block none(0, SEEDBED_LANES), zero(2, SEEDBED_LANES);
    Block state = contract::reset(lqr, none, zero).state;
    double total = 0.0;
    for (int t = 0; t < 10; ++t) {
      const double u = k0 * state(0, 0) + k1 * state(1, 0);
      const contract::Lanes after =
          contract::step(lqr, state, {Block(1, SEEDBED_LANES, u), none, zero});
      total -= after.reward(0, 0);
      state = after.state;
    }
    return total;
  };
  // The constants are expected costs: the noise of W = 1e-4 adds what the state's spread costs.
  CHECK(cost(0.0, 0.0) == Approx(10.0).epsilon(1e-14));
  CHECK(cost(-0.480450, -1.249350) < 1.605774);
  CHECK(cost(-0.480450, -1.249350) == Approx(1.605774).margin(0.01));
}

TEST_CASE("linear-quadratic pulls derivatives back as differences of its step say") {
  // f = c'(x' + o') + 1.5 r has bars c, c and 1.5; it is quadratic: central differences are exact.
  const Instance lqr = contract::environment("linear-quadratic", dense);
  const auto& functions = *static_cast<const seedbed_environment_pathwise*>(
      lqr.plugin().capability(SEEDBED_ENVIRONMENT_PATHWISE));
  constexpr std::size_t n = SEEDBED_LANES;
  contract::Source source(5);
  const Block x = source.normals(3, n), u = source.normals(2, n), z = source.normals(3, n),
              c = source.normals(3, n), none(0, n);
  const std::vector<double> reward_bar(n, 1.5);
  Block x_bar(3, n, 9.0), u_bar(2, n, 9.0);
  contract::Scrambled scratch;
  seedbed_message message{};
  REQUIRE(functions.pull_back(lqr.self(), n, x, u, none, z, c, c, reward_bar.data(), x_bar, u_bar,
                              scratch.fresh(), &message) == SEEDBED_OK);
  const auto f = [&](const Block& state, const Block& action, std::size_t j) {
    const contract::Lanes after = contract::step(lqr, state, {action, none, z});
    double sum = 1.5 * after.reward(0, j);
    for (std::size_t i = 0; i < 3; ++i)
      sum += c(i, j) * (after.state(i, j) + after.observation(i, j));
    return sum;
  };
  for (std::size_t i = 0; i < 5; ++i)
    for (const std::size_t j : {std::size_t{0}, n - 1}) {
      Block x_up = x, x_down = x, u_up = u, u_down = u;
      (i < 3 ? x_up(i, j) : u_up(i - 3, j)) += 0.5;
      (i < 3 ? x_down(i, j) : u_down(i - 3, j)) -= 0.5;
      const double bar = i < 3 ? x_bar(i, j) : u_bar(i - 3, j);
      CHECK(bar == Approx(f(x_up, u_up, j) - f(x_down, u_down, j)).epsilon(1e-11));
    }
}

TEST_CASE("linear-quadratic names its coordinates and never ends") {
  const Instance lqr = contract::environment("linear-quadratic", dense);
  const seedbed_environment_info info = contract::describe_environment(lqr);
  CHECK(info.observation->size == 3);
  CHECK(info.action->size == 2);
  CHECK(std::string(info.observation->names[2]) == "x2");
  CHECK(info.horizon == 0);
}

TEST_CASE("linear-quadratic refuses matrices that do not fit, by name") {
  CHECK_THAT(refused("A = [[1.0, 0.0]]\nB = [[1.0]]\nR = [[1.0]]\nx0 = [1.0]"),
             Contains("'A': expected a 1 x 1 matrix, got 1 x 2"));
  CHECK_THAT(refused("A = [[1.0]]\nB = [[1.0], [2.0]]\nR = [[1.0]]\nx0 = [1.0]"),
             Contains("'B': expected a 1 x 1 matrix, got 2 x 1"));
  CHECK_THAT(refused("A = []\nB = [[1.0]]\nR = [[1.0]]\nx0 = [1.0]"), Contains("'"));
  CHECK_THAT(refused(one_dimensional("x0 = [1.0, 2.0]")), Contains("'x0': expected a 1 x 1"));
  CHECK_THAT(refused(one_dimensional("x0 = [1.0]\nQ = [[1.0, 0.0]]")),
             Contains("'Q': expected a 1"));
}

TEST_CASE("linear-quadratic refuses covariances that are none, by name") {
  CHECK_THAT(refused(one_dimensional("x0 = [0.0]\nW = [[-1.0]]")),
             Contains("'W': expected a positive semidefinite matrix"));
  const std::string two = "A = [[1, 0], [0, 1]]\nB = [[1], [1]]\nR = [[1]]\nx0 = [0, 0]\n";
  CHECK_THAT(refused(two + "X0 = [[1.0, 2.0], [2.0, 1.0]]"),
             Contains("'X0'") && Contains("indefinite"));
  CHECK_THAT(refused(two + "W = [[0.0, 1.0], [1.0, 1.0]]"),
             Contains("'W'") && Contains("indefinite"));
  CHECK_THAT(refused(two + "W = [[1.0, 0.5], [0.4, 1.0]]"), Contains("'W': expected a symmetric"));
  CHECK_THAT(refused(two + "Q = [[1.0, 0.5], [0.4, 1.0]]"), Contains("'Q': expected a symmetric"));
  CHECK(refused(two + "W = [[0.0, 0.0], [0.0, 1.0]]\nX0 = [[0.01, 0.03], [0.03, 0.09]]") == "");
}
