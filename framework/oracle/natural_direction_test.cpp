#include "oracle/natural_direction.hpp"

#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"
#include "oracle/tabular_variance.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

std::vector<double> times(const Dense& A, const std::vector<double>& x) {
  return (A * Dense(x.size(), 1, x.data())).data;
}

}  // namespace

TEST_CASE("the natural direction of a bandit is half the difference of its rewards") {
  // F = p (1 - p) [[1, -1], [-1, 1]], grad J = p (1 - p) (r_1 - r_0) (-1, 1)
  const SmallProcess process = bandit(0.3, -0.5, 2.25);
  const ReinforceMoments moments = reinforce_moments(process.finite(), process.arena());
  const std::vector<double> w = natural_direction(moments.F, moments.gradient);
  CHECK_THAT(w[0], WithinAbs(-1.375, 1e-14));
  CHECK_THAT(w[1], WithinAbs(1.375, 1e-14));
}

TEST_CASE("F times the natural direction is the gradient, and no flat direction is in it") {
  const SmallProcess process = ending(5);
  const ReinforceMoments moments = reinforce_moments(process.finite(), process.arena());
  const std::vector<double> w = natural_direction(moments.F, moments.gradient);
  const std::vector<double> back = times(moments.F, w);
  CHECK(w != moments.gradient);  // F is not the identity
  for (std::size_t j = 0; j < 4; ++j) CHECK_THAT(back[j], WithinAbs(moments.gradient[j], 1e-14));
  CHECK_THAT(w[0] + w[1], WithinAbs(0.0, 1e-14));  // what a softmax does not see
  CHECK_THAT(w[2] + w[3], WithinAbs(0.0, 1e-14));
}

TEST_CASE("where F is regular the natural direction solves F w = g") {
  const Dense F(2, 2, std::vector<double>{2.0, 0.5, 0.5, 1.0}.data());
  const std::vector<double> w = natural_direction(F, {1.0, -3.0});
  CHECK_THAT(w[0], WithinAbs(2.5 / 1.75, 1e-14));
  CHECK_THAT(w[1], WithinAbs(-6.5 / 1.75, 1e-14));
}
