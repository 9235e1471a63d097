#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/small_process.hpp"

using namespace seedbed;

namespace {

/// A planted estimator on all batches of two trajectories.
Certificate certificate_of(const SmallProcess& process, const std::string& name) {
  static const Registry planted({SEEDBED_PLANTED});
  const Setting setting{&planted.find(SEEDBED_ESTIMATOR, name), {}};
  const EstimatorInUse estimator = process.estimator(setting);
  REQUIRE(estimator.info.bias == SEEDBED_UNBIASED);  // what it says of itself
  return process.certify(estimator, 2);
}

double bias_of(const SmallProcess& process, const std::string& name) {
  return certificate_of(process, name).largest_bias();
}

}  // namespace

TEST_CASE("enumeration catches every planted bug") {
  const SmallProcess process = two_states(3);
  CHECK(bias_of(process, "planted-late-discount") > 1e-2);
  CHECK(bias_of(process, "planted-one-fewer") > 1e-2);
  CHECK(bias_of(process, "planted-dropped-last-step") > 1e-2);
  CHECK(bias_of(process, "planted-early-credit") > 1e-2);
  CHECK(bias_of(process, "planted-sign") > 1e-2);
  CHECK(bias_of(process, "planted-no-discount") > 1e-3);
  CHECK(bias_of(process, "planted-own-baseline") > 1e-2);
}

TEST_CASE("enumeration catches what was found in the wild") {
  const SmallProcess process = two_states(3);
  CHECK(bias_of(process, "planted-normalised") > 1e-2);
  CHECK(bias_of(process, "planted-batch-mean") > 1e-2);
  // The mean of the others has expectation 0: its bias is the whole gradient.
  const double whole = std::abs(process.certify("reinforce", "", 1).truth.gradient[2]);
  CHECK(bias_of(process, "planted-mean-of-others") == Approx(whole).epsilon(1e-10));
}

TEST_CASE("returns divided by their deviation have the published mean and variance") {
  const Certificate normalised = certificate_of(two_states(3), "planted-normalised");
  CHECK_THAT(normalised.gradient.mean()[0], Catch::Matchers::WithinAbs(-0.0525114723, 5.1e-11));
  CHECK_THAT(normalised.gradient.variance(0), Catch::Matchers::WithinAbs(0.1897859842, 5.1e-11));
}

TEST_CASE("enumeration passes the right estimator in the frame of the planted ones") {
  CHECK(bias_of(two_states(3), "planted-none") < 1e-12);
  CHECK(two_states(3).certify("reward-to-go", "", 2).largest_bias() < 1e-12);
}
