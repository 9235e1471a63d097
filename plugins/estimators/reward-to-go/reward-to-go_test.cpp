#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

double variance(const Certificate& certificate) {
  return certificate.gradient.variance(0);
}

/// Every baseline that may not bias, with one number per step; two steps at most.
void check_unbiased(const SmallProcess& process, std::size_t N) {
  REQUIRE(process.problem().objective().horizon == 2);
  for (const char* toml : {"", "baseline = 'leave-one-out'", "baseline = 'previous-batch-mean'",
                           "baseline = { plugin = 'constant', value = 0.4 }",
                           "baseline = { plugin = 'constant', value = [-0.3, 1.5] }"}) {
    EstimatorInUse estimator = process.estimator("reward-to-go", toml);
    for (std::size_t t = 0; t < estimator.state.size(); ++t)
      estimator.state[t] = 0.7 - static_cast<double>(t);
    CAPTURE(toml, N);
    CHECK(estimator.info.bias == SEEDBED_UNBIASED);
    CHECK(process.certify(estimator, N).largest_bias() < 1e-12);
  }
}

}  // namespace

TEST_CASE("reward-to-go has its published mean and variance over pairs of trajectories") {
  const Certificate certificate = two_states(3).certify("reward-to-go", "", 2);
  CHECK_THAT(certificate.gradient.mean()[0], WithinAbs(-0.0674312155, 5.1e-11));
  CHECK_THAT(variance(certificate), WithinAbs(0.0389145258, 5.1e-11));
  CHECK(certificate.largest_bias() < 1e-12);
}

TEST_CASE("reward-to-go has the variances of its page for each baseline") {
  const SmallProcess process = two_states(3);
  const auto with = [&](const std::string& baseline) {
    return variance(process.certify("reward-to-go", "baseline = " + baseline, 2));
  };
  const std::string G = "[-0.13927152293333536, -0.2348180796367602, -0.13566586005100978]";
  CHECK_THAT(with("{ plugin = 'constant', value = " + G + " }"), WithinAbs(0.0225657245, 5.1e-11));
  CHECK_THAT(with("'batch-mean'"), WithinAbs(0.0175141726, 5.1e-11));
  CHECK_THAT(with("'leave-one-out'"), WithinAbs(0.0700566905, 5.1e-11));
}

TEST_CASE("reward-to-go has its published variance per trajectory over 10 steps") {
  const Certificate certificate = two_states(10).certify_contribution("reward-to-go");
  CHECK_THAT(certificate.gradient.total(), WithinAbs(1.0, 1e-12));
  CHECK(certificate.largest_bias() < 1e-12);
  CHECK_THAT(variance(certificate), WithinAbs(0.73116916, 5.1e-9));
}

TEST_CASE("reward-to-go is unbiased whatever per-step baseline leaves its own trajectory out") {
  for (const double gamma : {0.9, 1.0})
    for (const std::size_t N : {1u, 2u, 3u}) {
      check_unbiased(ending(2, gamma), N);
      check_unbiased(two_states(2, gamma), N);
    }
}

TEST_CASE("a causal leave-one-out stays unbiased over longer episodes that end early") {
  const SmallProcess process = ending(4);
  for (const char* toml : {"", "baseline = 'leave-one-out'"})
    CHECK(process.certify("reward-to-go", toml, 2).largest_bias() < 1e-12);
}

TEST_CASE("with the batch mean reward-to-go expects (1 - 1/N) of the gradient where nothing ends") {
  const SmallProcess process = two_states(2);
  for (const std::size_t N : {2u, 3u}) {
    const Certificate certificate = process.certify("reward-to-go", "baseline = 'batch-mean'", N);
    const std::vector<double> mean = certificate.gradient.mean();
    for (std::size_t j = 0; j < mean.size(); ++j) {
      const double expected = (1.0 - 1.0 / static_cast<double>(N)) * certificate.truth.gradient[j];
      CHECK_THAT(mean[j], WithinAbs(expected, 1e-13));
    }
  }
}

TEST_CASE("with the batch mean reward-to-go is biased and says so") {
  const SmallProcess process = ending(2);
  const EstimatorInUse estimator = process.estimator("reward-to-go", "baseline = 'batch-mean'");
  CHECK(estimator.info.bias == SEEDBED_BIASED);
  CHECK(estimator.info.coupling == SEEDBED_U_STATISTIC);
  CHECK(process.certify(estimator, 2).largest_bias() > 1e-2);
}

TEST_CASE("over one step reward-to-go is REINFORCE") {
  const SmallProcess process = two_states(1);
  const Certificate causal = process.certify_contribution("reward-to-go");
  const Certificate whole = process.certify_contribution("reinforce");
  for (std::size_t j = 0; j < 4; ++j) {
    CHECK(causal.gradient.mean()[j] == whole.gradient.mean()[j]);
    CHECK(causal.gradient.variance(j) == whole.gradient.variance(j));
  }
}

TEST_CASE("reward-to-go keeps one number per step for a baseline that learns") {
  const EstimatorInUse estimator =
      two_states(3).estimator("reward-to-go", "baseline = 'previous-batch-mean'");
  CHECK(estimator.state == std::vector<double>{0.0, 0.0, 0.0});
  CHECK(estimator.info.coupling == SEEDBED_INDEPENDENT);
}
