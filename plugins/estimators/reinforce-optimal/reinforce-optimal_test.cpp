#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

TEST_CASE("the in-sample optimal baseline has its published mean and variance over pairs") {
  const Certificate certificate = two_states(3).certify("reinforce-optimal", "", 2);
  CHECK_THAT(certificate.gradient.mean()[0], WithinAbs(+0.0007535522, 5.1e-11));
  CHECK_THAT(certificate.gradient.variance(0), WithinAbs(0.0188437443, 5.1e-11));
}

TEST_CASE("the in-sample optimal baseline is biased, and the bias falls like 1/N") {
  const SmallProcess process = two_states(1);
  const EstimatorInUse estimator = process.estimator("reinforce-optimal");
  CHECK(estimator.info.bias == SEEDBED_CONSISTENT);
  const double three = process.certify(estimator, 3).largest_bias();
  const double six = process.certify(estimator, 6).largest_bias();
  CHECK(three > 1e-3);
  CHECK(six > 1e-3);
  CHECK(six / three < 0.75);
  CHECK(six / three > 0.35);
}

TEST_CASE("one trajectory is its own baseline, so the estimate from it is zero") {
  const Certificate certificate = ending(3).certify("reinforce-optimal", "", 1);
  for (std::size_t j = 0; j < 4; ++j) {
    CHECK_THAT(certificate.gradient.mean()[j], WithinAbs(0.0, 1e-15));
    CHECK_THAT(certificate.gradient.variance(j), WithinAbs(0.0, 1e-15));
  }
}

TEST_CASE("a component whose scores are all zero has baseline and gradient zero") {
  // The single episode starts in state 0 and ends there: the scores of state 1 are all zero.
  const SmallProcess process(
      "state,action,probability,next_state,reward,terminated\n"
      "start,,1,0,,\n0,0,1,0,1,1\n0,1,1,0,3,1\n"
      "1,0,1,0,0,0\n1,1,1,0,0,0\n",
      {2, 1.0}, {0.2, 0.1, 0.0, 0.0});
  const Certificate certificate = process.certify("reinforce-optimal", "", 2);
  CHECK(certificate.gradient.mean()[2] == 0.0);
  CHECK(certificate.gradient.variance(3) == 0.0);
}
