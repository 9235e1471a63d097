#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/cholesky.hpp>
#include <seedbed/components.hpp>

#include "certificate/small_process.hpp"
#include "oracle/enumeration.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

std::vector<double> score_sums(const SmallProcess& process, const seedbed_batch& batch) {
  Scratch scratch(process.arena().fresh());
  const std::vector<double> one(batch.samples, 1.0), &theta = process.finite().theta();
  std::vector<double> Z(batch.episodes * theta.size());
  Policy(batch, theta.data(), scratch)
      .score_sums(Batch(batch), 1, In(one.data(), 0), 0, batch.episodes, Z.data());
  return Z;
}

/// max_j |((1/N sum Z Z' + ridge I) x - g)_j|
double residual(const std::vector<double>& Z, std::size_t N, double ridge,
                const std::vector<double>& x, const std::vector<double>& g) {
  const std::size_t d = x.size();
  double largest = 0.0;
  for (std::size_t j = 0; j < d; ++j) {
    double sum = ridge * x[j] - g[j];
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t k = 0; k < d; ++k)
        sum += Z[i * d + j] * Z[i * d + k] * x[k] / static_cast<double>(N);
    largest = std::max(largest, std::abs(sum));
  }
  return largest;
}

}  // namespace

TEST_CASE("natural solves F x = g on every batch, g that of reward-to-go") {
  for (const char* baseline : {"", "baseline = 'leave-one-out'"})
    for (const SmallProcess& process : {two_states(2), ending(2)}) {
      const EstimatorInUse natural =
          process.estimator("natural", "ridge = 0.01\n" + std::string(baseline));
      const EstimatorInUse plain = process.estimator("reward-to-go", baseline);
      const std::vector<double>& theta = process.finite().theta();
      double largest = 0.0, other = 0.0;
      for_each_batch(process.finite(), 2, [&](const seedbed_batch& batch, double) {
        const auto made = [&](const EstimatorInUse& e) {
          return estimate(e.instance, batch, theta, e.state, false, process.arena()).gradient;
        };
        const std::vector<double> x = made(natural), g = made(plain);
        largest = std::max(largest, residual(score_sums(process, batch), 2, 0.01, x, g));
        other = std::max(other, residual(score_sums(process, batch), 2, 0.02, x, g));
      });
      CHECK(largest < 1e-12);
      CHECK(other > 1e-3);  // with another ridge it does not
    }
}

TEST_CASE("natural is consistent for the inverse Fisher matrix times the gradient") {
  const SmallProcess process = two_states(3);
  const std::vector<double>& theta = process.finite().theta();
  const std::size_t d = theta.size();
  std::vector<double> F(d * d, 0.0);
  for_each_block(process.finite(), 1000, [&](WeighedTrajectories& all) {
    const seedbed_batch batch = all.recording.view();
    const std::vector<double> Z = score_sums(process, batch);
    for (std::size_t i = 0; i < batch.episodes; ++i)
      for (std::size_t k = 0; k < d * d; ++k)
        F[k] += all.probability[i] * Z[i * d + k / d] * Z[i * d + k % d];
  });
  for (std::size_t j = 0; j < d; ++j) F[j * d + j] += 0.05;
  std::vector<double> direction = process.certify("reward-to-go", "", 1).truth.gradient;
  Cholesky(F.data(), d, "F").solve(direction.data());

  EstimatorInUse natural = process.estimator("natural", "ridge = 0.05");
  constexpr std::size_t N = 40000;
  Sampler sampler(process.problem(), N, 0);
  const Estimate made =
      sampler.estimate(natural, sampler.sample(natural, theta, Noise(5, 1), 0), theta, true);
  REQUIRE(made.units == N);
  for (std::size_t j = 0; j < d; ++j) {
    const double error = std::sqrt(made.variance()[j] / static_cast<double>(N));
    CHECK(error < 0.02);
    CHECK_THAT(made.gradient[j], WithinAbs(direction[j], 5.0 * error));
    CHECK(std::abs(direction[j]) > 10.0 * error);
  }
}

TEST_CASE("natural declares a direction biased by its ridge, whose contributions hang together") {
  const SmallProcess process = two_states(2);
  const EstimatorInUse estimator = process.estimator("natural", "baseline = 'previous-batch-mean'");
  CHECK(estimator.info.estimand == SEEDBED_NATURAL_DIRECTION);
  CHECK(estimator.info.bias == SEEDBED_BIASED);
  CHECK(estimator.info.coupling == SEEDBED_U_STATISTIC);
  CHECK(estimator.state.size() == 2);
}
