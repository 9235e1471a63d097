#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"
#include "engine/call.hpp"
#include "oracle/enumeration.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

constexpr double printed = 5.1e-11;  // half of the last digit of the design's constants

double variance(const Certificate& certificate) {
  return certificate.gradient.variance(0);
}

std::string constant(double b) {
  return "baseline = { plugin = 'constant', value = " + std::to_string(b) + " }";
}

/// Every baseline that may not bias, with a state where it keeps one.
void check_unbiased(const SmallProcess& process, std::size_t N) {
  for (const char* toml : {"", "baseline = 'leave-one-out'", "baseline = 'previous-batch-mean'",
                           "baseline = { plugin = 'constant', value = -0.3 }"}) {
    EstimatorInUse estimator = process.estimator("reinforce", toml);
    for (double& number : estimator.state) number = 0.7;
    CAPTURE(toml, N);
    CHECK(estimator.info.bias == SEEDBED_UNBIASED);
    CHECK(process.certify(estimator, N).largest_bias() < 1e-12);
  }
}

}  // namespace

TEST_CASE("REINFORCE has its published mean and variance over pairs of trajectories") {
  const SmallProcess process = two_states(3);
  const Certificate none = process.certify("reinforce", "", 2);
  CHECK_THAT(none.gradient.mean()[0], WithinAbs(-0.0674312155, printed));
  CHECK_THAT(variance(none), WithinAbs(0.0779733948, printed));
  const Certificate batch_mean = process.certify("reinforce", "baseline = 'batch-mean'", 2);
  CHECK_THAT(batch_mean.gradient.mean()[0], WithinAbs(-0.0337156077, printed));
  CHECK_THAT(variance(batch_mean), WithinAbs(0.0391807586, printed));
  const Certificate others = process.certify("reinforce", "baseline = 'leave-one-out'", 2);
  CHECK_THAT(others.gradient.mean()[0], WithinAbs(-0.0674312155, printed));
  CHECK_THAT(variance(others), WithinAbs(0.1567230344, printed));
  EstimatorInUse value = process.estimator("reinforce", "baseline = 'previous-batch-mean'");
  value.state = {-0.13927152293333536};  // E R
  CHECK_THAT(variance(process.certify(value, 2)), WithinAbs(0.0637699821, printed));
}

TEST_CASE("REINFORCE has its published variance per trajectory over 10 steps") {
  const Certificate certificate = two_states(10).certify_contribution("reinforce");
  CHECK_THAT(certificate.gradient.total(), WithinAbs(1.0, 1e-12));
  CHECK(certificate.largest_bias() < 1e-12);
  CHECK_THAT(variance(certificate), WithinAbs(1.92543825, 5.1e-9));
}

TEST_CASE("REINFORCE is unbiased whatever baseline leaves its own trajectory out") {
  for (const double gamma : {0.9, 1.0}) {
    check_unbiased(two_states(2, gamma), 1);
    check_unbiased(two_states(2, gamma), 2);
    check_unbiased(two_states(1, gamma), 3);
    check_unbiased(ending(3, gamma), 2);
    check_unbiased(ending(2, gamma), 3);
  }
}

TEST_CASE("with the batch mean REINFORCE expects (1 - 1/N) of the gradient exactly") {
  for (const SmallProcess& process : {two_states(2), ending(2), ending(2, 1.0)})
    for (const std::size_t N : {1u, 2u, 3u}) {
      const EstimatorInUse estimator = process.estimator("reinforce", "baseline = 'batch-mean'");
      CHECK(estimator.info.bias == SEEDBED_BIASED);
      const Certificate certificate = process.certify(estimator, N);
      const std::vector<double> mean = certificate.gradient.mean();
      const double share = 1.0 - 1.0 / static_cast<double>(N);
      for (std::size_t j = 0; j < mean.size(); ++j)
        CHECK_THAT(mean[j], WithinAbs(share * certificate.truth.gradient[j], 1e-13));
    }
}

TEST_CASE("the variance of N trajectories is that of one, divided by N") {
  const SmallProcess process = ending(3);
  const double one = variance(process.certify_contribution("reinforce"));
  CHECK_THAT(variance(process.certify("reinforce", "", 2)), WithinAbs(one / 2.0, 1e-13));
}

TEST_CASE("with leave-one-out REINFORCE has the variance of a U-statistic") {
  //   Var = [4 (N-2) zeta_1 + 2 zeta_2] / [N (N-1)],  zeta_1 = Var(Z (R - E R)) / 4,
  //   zeta_2 = Var((Z_1 - Z_2)(R_1 - R_2)) / 4: the variance at N = 2
  const SmallProcess process = two_states(2);
  EstimatorInUse centred = process.estimator("reinforce", "baseline = 'previous-batch-mean'");
  centred.state = {solve(process.finite().problem()).J};
  const double zeta_1 = 2.0 * variance(process.certify(centred, 2)) / 4.0;
  const double zeta_2 = variance(process.certify("reinforce", "baseline = 'leave-one-out'", 2));
  const double three = variance(process.certify("reinforce", "baseline = 'leave-one-out'", 3));
  CHECK_THAT(three, WithinAbs((4.0 * zeta_1 + 2.0 * zeta_2) / 6.0, 1e-13));
}

TEST_CASE("on the bandit the variance is p (1 - p) [(1 - p) r_1 + p r_0 - b]^2") {
  const double p = 0.3, r_0 = 1.5, r_1 = 0.25;
  const SmallProcess arms = bandit(p, r_0, r_1);
  for (const double b : {0.0, 0.5, -2.0}) {
    const double root = (1.0 - p) * r_1 + p * r_0 - b;
    const Certificate certificate = arms.certify_contribution("reinforce", constant(b));
    CHECK_THAT(certificate.gradient.variance(1), WithinAbs(p * (1.0 - p) * root * root, 1e-14));
    CHECK_THAT(certificate.gradient.mean()[1], WithinAbs(p * (1.0 - p) * (r_1 - r_0), 1e-14));
  }
  const double best = (1.0 - p) * r_1 + p * r_0, value = p * r_1 + (1.0 - p) * r_0;
  CHECK_THAT(arms.certify_contribution("reinforce", constant(best)).gradient.variance(1),
             WithinAbs(0.0, 1e-14));
  CHECK(arms.certify_contribution("reinforce", constant(value)).gradient.variance(1) > 1e-3);
}

TEST_CASE("REINFORCE declares how its contributions hang together and keeps its baseline's state") {
  const SmallProcess process = two_states(2);
  CHECK(process.estimator("reinforce").info.coupling == SEEDBED_INDEPENDENT);
  CHECK(process.estimator("reinforce", "baseline = 'leave-one-out'").info.coupling ==
        SEEDBED_U_STATISTIC);
  EstimatorInUse estimator = process.estimator("reinforce", "baseline = 'previous-batch-mean'");
  CHECK(estimator.info.coupling == SEEDBED_INDEPENDENT);
  CHECK(estimator.state == std::vector<double>{0.0});
  for_each_block(process.finite(), 1000, [&](WeighedTrajectories& all) {
    const seedbed_batch batch = all.recording.view();
    double mean = 0.0;
    for (std::size_t i = 0; i < batch.episodes; ++i)
      mean += (batch.reward[batch.begin[i]] + 0.9 * batch.reward[batch.begin[i] + 1]) /
              static_cast<double>(batch.episodes);
    call(estimator.instance, "commit", [&](seedbed_message* message) {
      return estimator.instance.functions<seedbed_estimator>().commit(
          estimator.instance.self(), &batch, process.finite().theta().data(),
          estimator.state.data(), process.arena().fresh(), message);
    });
    CHECK_THAT(estimator.state[0], WithinAbs(mean, 1e-14));
  });
}
