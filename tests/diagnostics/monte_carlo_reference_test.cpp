#include "engine/monte_carlo_reference.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/configurations.hpp"
#include "engine/sampler.hpp"
#include "oracle/exact.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

Configuration stage(Configuration c, double error, std::uint64_t batches) {
  c.kind = StageKind::gradient;
  c.iterations = 100;
  c.reference_error = error;
  c.reference_batches = batches;
  return c;
}

Reference reference(const Configuration& c, std::uint32_t seed = 3) {
  const DecisionProblem problem(c);
  const Noise noise(seed, 0);
  return monte_carlo_reference(problem, c, initial_theta(problem, c.theta, noise), noise);
}

Setting estimator(const std::string& name, const std::string& toml = "") {
  return contract::setting(SEEDBED_ESTIMATOR, name, toml);
}

}  // namespace

TEST_CASE("a Monte-Carlo reference ends at the relative error that was asked for") {
  const Reference r = reference(stage(cartpole(16), 0.05, 100000));
  CHECK(r.kind == "monte-carlo");
  CHECK(r.relative_error() <= 0.05);
  CHECK(r.relative_error() > 0.05 / 3.0);  // it did not go on for long
  CHECK(r.batches >= 64);
  CHECK(std::has_single_bit(r.batches));  // looked at after 64, 128, ...
}

TEST_CASE("a Monte-Carlo reference that may not cost enough says the error that it reached") {
  const Reference r = reference(stage(cartpole(16), 1e-4, 150));
  CHECK(r.kind == "monte-carlo");
  CHECK(r.batches == 150);
  CHECK(r.relative_error() > 1e-4);
  CHECK(std::isfinite(r.standard_error[0]));
}

TEST_CASE("a Monte-Carlo reference agrees with the oracle within its standard error") {
  Configuration c = stage(regulator(20), 0.02, 20000);
  c.theta = {-0.4, -0.8};
  const Reference r = reference(c);
  const DecisionProblem p(c);
  Arena arena;
  const auto truth =
      exact(p.environment(), p.policy(), c.objective.horizon, c.objective.discount, c.theta, arena);
  REQUIRE(truth);
  CHECK(r.relative_error() <= 0.02);
  for (std::size_t j = 0; j < 2; ++j) {
    CHECK(r.gradient[j] != truth->gradient[j]);
    CHECK_THAT(r.gradient[j], WithinAbs(truth->gradient[j], 4.0 * r.standard_error[j]));
    CHECK(std::sqrt(r.variance_along({1.0 - double(j), double(j)})) ==
          Approx(r.standard_error[j]).epsilon(0.3));  // by blocks, and by batches
  }
}

TEST_CASE("a Monte-Carlo reference repeats to the bit and has noise of its own") {
  const Configuration c = stage(cartpole(8), 0.01, 64);
  CHECK(reference(c).gradient == reference(c).gradient);
  CHECK(reference(c, 4).gradient != reference(c).gradient);
  const DecisionProblem problem(c);
  const Noise noise(3, 0);
  const std::vector<double> theta = initial_theta(problem, {}, noise);
  Sampler sampler(problem, c.episodes, 0);
  EstimatorInUse used(c.estimators[0], problem);
  std::vector<double> mean(theta.size(), 0.0);
  for (std::uint32_t b = 0; b < 64; ++b) {
    const seedbed_batch batch = sampler.sample(used, theta, noise, b);
    const Estimate made = sampler.estimate(used, batch, theta, false);
    for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += made.gradient[j] / 64.0;
  }
  const Reference r = reference(c);
  CHECK(std::abs(mean[0] - r.gradient[0]) > 1e-3 * r.standard_error[0]);
}

TEST_CASE("the reference is of the first estimator that declares itself unbiased for grad J") {
  Configuration c = stage(cartpole(8), 0.01, 64);
  const Setting biased = estimator("reinforce", "baseline = 'batch-mean'");
  c.estimators = {biased, estimator("natural"), estimator("reward-to-go")};
  const Reference r = reference(c);
  c.estimators = {estimator("reward-to-go"), estimator("reinforce")};
  CHECK(r.gradient == reference(c).gradient);
  c.estimators = {biased};
  CHECK(reference(c).kind == "none");
  CHECK(std::isnan(reference(c).gradient[0]));
  c = stage(cartpole(8), 0.01, 0);
  CHECK(reference(c).kind == "none");
}
