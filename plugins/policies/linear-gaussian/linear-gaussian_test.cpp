#include <catch2/catch.hpp>
#include <cmath>

#include "laws/policy.hpp"
#include "contract/setting.hpp"
#include "loader/registry.hpp"

using namespace seedbed;
using contract::Block;

namespace {

const seedbed_linear_gaussian& capability(const Instance& pi) {
  return *static_cast<const seedbed_linear_gaussian*>(
      pi.plugin().capability(SEEDBED_POLICY_LINEAR_GAUSSIAN));
}

std::string refused(const Space& s, const Space& a, const std::string& toml = "") {
  return contract::refusal(contract::setting(SEEDBED_POLICY, "linear-gaussian", toml),
                           contract::context(s, a));
}

/// f(o, theta) = sum_j c_j'a_j at fixed noise: its differences in o and K are exact.
struct PullBack {
  static constexpr std::size_t n = SEEDBED_LANES;

  const Space s = contract::box("s", 2), a = contract::box("a", 2);
  const Instance pi = contract::policy("linear-gaussian", s, a, "learn_sigma = true");
  contract::Source source{5};
  const Block o = source.normals(2, n), z = source.normals(2, n), c = source.normals(2, n);
  const Block none{0, n};
  const std::vector<double> theta{0.5, -1.0, 0.25, 2.0, -0.7, 0.4};
  const std::vector<std::int64_t> t = std::vector<std::int64_t>(n, 0);

  const seedbed_policy_pathwise& functions() const {
    return *static_cast<const seedbed_policy_pathwise*>(
        pi.plugin().capability(SEEDBED_POLICY_PATHWISE));
  }
  double f(const Block& observed, const std::vector<double>& at) const {
    Block action(2, n), log_prob(1, n);
    contract::Scrambled scratch;
    seedbed_message message{};
    pi.functions<seedbed_policy>().act(pi.self(), at.data(), n, t.data(), observed, none, z, action,
                                       log_prob.row(0), scratch.fresh(), &message);
    double sum = 0.0;
    for (std::size_t i = 0; i < 2; ++i)
      for (std::size_t j = 0; j < n; ++j) sum += c(i, j) * action(i, j);
    return sum;
  }
};

}  // namespace

TEST_CASE("linear-gaussian keeps the laws of policies") {
  for (const std::size_t m : {1u, 3u})
    for (const std::size_t f : {1u, 2u, 5u})
      for (const char* more : {"", "sigma = 0.04", "sigma = 0.3\nlearn_sigma = true",
                               "learn_sigma = true\ninit_scale = 1.0"}) {
        INFO(m << " actions, " << f << " features, " << more);
        const Space s = contract::box("s", f), a = contract::box("a", m);
        contract::policy_laws(contract::policy("linear-gaussian", s, a, more),
                              contract::context(s, a));
      }
}

TEST_CASE("linear-gaussian has the density of the normal distribution") {
  const Space s = contract::box("s", 1), a = contract::box("a", 2);
  const Instance pi = contract::policy("linear-gaussian", s, a, "sigma = [0.5, 2.0]");
  contract::Acted acted{{0}, Block(1, 1, 2.0), Block(2, 1, 1.0), Block(1, 1)};
  const double z0 = (1.0 - 2.0 * 0.25) / 0.5, z1 = (1.0 + 2.0 * 0.75) / 2.0;
  const double expected =
      -0.5 * (z0 * z0 + z1 * z1) - std::log(2.0 * 3.141592653589793 * 0.5 * 2.0);
  CHECK(contract::log_prob(pi, {0.25, -0.75}, acted)[0] == Approx(expected).epsilon(1e-15));
}

TEST_CASE("linear-gaussian starts at the given sigma, which theta holds as its logarithm") {
  const Space s = contract::box("s", 2), a = contract::box("a", 2);
  const Instance pi =
      contract::policy("linear-gaussian", s, a, "sigma = [0.5, 2.0]\nlearn_sigma = true");
  const seedbed_policy_info info = contract::describe_policy(pi);
  REQUIRE(info.parameters == 6);
  CHECK(std::string(info.blocks[1].name) == "log_sigma");
  std::vector<double> theta(6, 9.0);
  seedbed_message message{};
  pi.functions<seedbed_policy>().init(pi.self(), nullptr, nullptr, theta.data(), &message);
  CHECK(theta[0] == 0.0);
  CHECK(theta[4] == Approx(std::log(0.5)).epsilon(1e-15));
  CHECK(theta[5] == Approx(std::log(2.0)).epsilon(1e-15));
}

TEST_CASE("linear-gaussian shows its gain and pulls derivatives of the variance back") {
  const Space s = contract::box("s", 2), a = contract::box("a", 1);
  const Instance pi = contract::policy("linear-gaussian", s, a, "learn_sigma = true");
  const double theta[] = {0.5, -1.0, -0.7}, dJ_dK[] = {3.0, 4.0}, dJ_dvariance = 5.0;
  double K[2], variance, gradient[3];
  capability(pi).gain(pi.self(), theta, K, &variance);
  CHECK(K[1] == -1.0);
  CHECK(variance == Approx(std::exp(-1.4)));
  capability(pi).pull_back(pi.self(), theta, dJ_dK, &dJ_dvariance, gradient);
  CHECK(gradient[0] == 3.0);
  const double h = 1e-6, up = std::exp(2.0 * (-0.7 + h)), down = std::exp(2.0 * (-0.7 - h));
  CHECK(gradient[2] == Approx(5.0 * (up - down) / (2.0 * h)));
  const Instance fixed = contract::policy("linear-gaussian", s, a, "sigma = 0.04");
  capability(fixed).gain(fixed.self(), theta, K, &variance);
  CHECK(variance == Approx(0.0016));
  capability(fixed).pull_back(fixed.self(), theta, dJ_dK, &dJ_dvariance, gradient);
}

TEST_CASE("linear-gaussian pulls derivatives by the action back to the observation") {
  const PullBack p;
  Block bar(2, PullBack::n, 9.0);
  seedbed_message message{};
  contract::Scrambled scratch;
  p.functions().pull_back(p.pi.self(), p.theta.data(), PullBack::n, p.t.data(), p.o, p.none, p.z,
                          p.c, bar, scratch.fresh(), &message);
  for (std::size_t k = 0; k < 2; ++k) {
    Block up = p.o, down = p.o;
    up(k, 3) += 0.5;
    down(k, 3) -= 0.5;
    CHECK(bar(k, 3) == Approx(p.f(up, p.theta) - p.f(down, p.theta)).epsilon(1e-11));
  }
}

TEST_CASE("linear-gaussian pulls derivatives by the action back to theta, run by run") {
  const PullBack p;
  const std::uint64_t begin[] = {0, 17}, length[] = {17, PullBack::n - 17};
  const seedbed_segments segments{2, begin, length};
  std::vector<double> G(12);
  seedbed_message message{};
  contract::Scrambled scratch;
  p.functions().pull_back_to_theta(p.pi.self(), p.theta.data(), PullBack::n, p.t.data(), p.o,
                                   p.none, p.z, p.c, &segments, G.data(), scratch.fresh(),
                                   &message);
  for (std::size_t k = 0; k < 6; ++k) {
    std::vector<double> up = p.theta, down = p.theta;
    up[k] += 1e-4;
    down[k] -= 1e-4;
    CHECK(G[k] + G[6 + k] == Approx((p.f(p.o, up) - p.f(p.o, down)) / 2e-4).epsilon(1e-7));
    CHECK(std::abs(G[k]) > 1e-3);
  }
}

TEST_CASE("linear-gaussian needs boxes and a sigma for all actions or for each, and says so") {
  const Space s = contract::box("s", 2), a = contract::box("a", 3),
              discrete = Space::discrete("s", 3);
  using Catch::Contains;
  CHECK_THAT(refused(discrete, a), Contains("observation space: expected a box, got 3"));
  CHECK_THAT(refused(s, discrete), Contains("action space: expected a box"));
  CHECK_THAT(refused(s, a, "sigma = [1.0, 2.0]"),
             Contains("'sigma': expected 1 or 3 numbers, got 2"));
}
