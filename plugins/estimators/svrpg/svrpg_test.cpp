#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/small_process.hpp"
#include "oracle/enumeration.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

const std::vector<double> earlier{0.2, 0.1, -0.3, 0.4};  ///< theta of the snapshot

std::vector<double> state_of(double batches, const std::vector<double>& theta,
                             const std::vector<double>& mu) {
  std::vector<double> state{batches};
  state.insert(state.end(), theta.begin(), theta.end());
  state.insert(state.end(), mu.begin(), mu.end());
  return state;
}

/// The exact gradient of the same process at another theta.
std::vector<double> gradient_at(const SmallProcess& process, const std::vector<double>& theta) {
  const FiniteProcess other(process.problem().environment(), process.problem().policy(),
                            process.problem().objective(), theta, process.arena());
  return other.weighted_score(solve(other.problem()).weight, process.arena());
}

/// E of the estimate over every batch of N, under the process's own theta.
std::vector<double> expected(const SmallProcess& process, const EstimatorInUse& estimator,
                             std::size_t N) {
  const std::vector<double>& theta = process.finite().theta();
  std::vector<double> mean(theta.size(), 0.0);
  for_each_batch(process.finite(), N, [&](const seedbed_batch& batch, double probability) {
    const Estimate made =
        estimate(estimator.instance, batch, theta, estimator.state, false, process.arena());
    for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += probability * made.gradient[j];
  });
  return mean;
}

}  // namespace

TEST_CASE("with the exact gradient of its snapshot svrpg is unbiased at another theta") {
  for (const std::size_t N : {1u, 2u})
    for (const SmallProcess& process : {two_states(2, 0.9, N), ending(2, 0.9, N)}) {
      EstimatorInUse estimator = process.estimator("svrpg");
      estimator.state = state_of(3.0, earlier, gradient_at(process, earlier));
      const std::vector<double> mean = expected(process, estimator, N);
      const std::vector<double> truth = gradient_at(process, process.finite().theta());
      for (std::size_t j = 0; j < 4; ++j) CHECK_THAT(mean[j], WithinAbs(truth[j], 1e-12));
    }
}

TEST_CASE("given the earlier batches svrpg is off by the error of its snapshot") {
  const SmallProcess process = two_states(2, 0.9, 1);
  std::vector<double> wrong = gradient_at(process, earlier);
  wrong[2] += 0.25;
  EstimatorInUse estimator = process.estimator("svrpg");
  estimator.state = state_of(1.0, earlier, wrong);
  const std::vector<double> mean = expected(process, estimator, 1);
  const std::vector<double> truth = gradient_at(process, process.finite().theta());
  CHECK_THAT(mean[2] - truth[2], WithinAbs(0.25, 1e-12));
  CHECK_THAT(mean[0] - truth[0], WithinAbs(0.0, 1e-12));
}

TEST_CASE("a snapshot of svrpg is reward-to-go on a batch K times as large") {
  const SmallProcess process = ending(3, 0.9, 4);
  const std::vector<double>& theta = process.finite().theta();
  EstimatorInUse estimator = process.estimator("svrpg", "factor = 5\nperiod = 3");
  EstimatorInUse plain = process.estimator("reward-to-go");
  Sampler sampler(process.problem(), 4, 0);
  const seedbed_batch batch = sampler.sample(estimator, theta, Noise(3, 1), 0);
  REQUIRE(batch.episodes == 20);
  const Estimate expected = sampler.estimate(plain, batch, theta, true);
  const Estimate made = sampler.estimate(estimator, batch, theta, true);
  REQUIRE(made.units == 4);
  for (std::size_t j = 0; j < 4; ++j) {
    CHECK_THAT(made.gradient[j], WithinAbs(expected.gradient[j], 1e-14));
    double first = 0.0;
    for (std::size_t i = 0; i < 5; ++i) first += expected.contributions[i * 4 + j] / 5.0;
    CHECK_THAT(made.contributions[j], WithinAbs(first, 1e-14));
    CHECK(estimator.state[1 + j] == theta[j]);
    CHECK_THAT(estimator.state[5 + j], WithinAbs(made.gradient[j], 1e-14));
  }
  CHECK(estimator.state[0] == 1.0);
}

TEST_CASE("svrpg takes a snapshot every period, and corrects to it where theta stands still") {
  const SmallProcess process = ending(3, 0.9, 4);
  const std::vector<double>& theta = process.finite().theta();
  EstimatorInUse estimator = process.estimator("svrpg", "factor = 2\nperiod = 3");
  Sampler sampler(process.problem(), 4, 0);
  std::vector<std::uint64_t> episodes;
  std::vector<double> last;
  for (std::uint32_t iteration = 0; iteration < 7; ++iteration) {
    const seedbed_batch batch = sampler.sample(estimator, theta, Noise(3, 1), iteration);
    episodes.push_back(batch.episodes);
    const Estimate made = sampler.estimate(estimator, batch, theta, true);
    if (batch.episodes == 4) {
      CHECK(made.diagnostics.at("effective_sample_size") == Approx(4.0));
      for (std::size_t j = 0; j < 4; ++j) CHECK_THAT(made.gradient[j], WithinAbs(last[j], 1e-13));
    }
    last = made.gradient;
  }
  CHECK(episodes == std::vector<std::uint64_t>{8, 4, 4, 8, 4, 4, 8});
}

TEST_CASE("svrpg declares a chain across iterations and keeps its snapshot") {
  const EstimatorInUse estimator = two_states(2).estimator("svrpg");
  CHECK(estimator.info.bias == SEEDBED_UNBIASED);
  CHECK(estimator.info.coupling == SEEDBED_CROSS_ITERATION);
  CHECK(estimator.state == std::vector<double>(9, 0.0));
}
