#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/components.hpp>

#include "certificate/small_process.hpp"
#include "oracle/enumeration.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

const std::string name = "episodic-natural-actor-critic";

/// phi_i = sum_t gamma^t psi_t [N][d], and R_i.
struct Regression {
  std::vector<double> phi, R;

  Regression(const SmallProcess& process, const seedbed_batch& batch) : R(batch.episodes, 0.0) {
    Scratch scratch(process.arena().fresh());
    const std::vector<double>& theta = process.finite().theta();
    std::vector<double> weight(batch.samples);
    for (std::size_t i = 0; i < batch.episodes; ++i) {
      double power = 1.0;
      for (std::size_t t = 0; t < batch.length[i]; ++t, power *= batch.discount) {
        weight[batch.begin[i] + t] = power;
        R[i] += power * batch.reward[batch.begin[i] + t];
      }
    }
    phi.resize(batch.episodes * theta.size());
    Policy(batch, theta.data(), scratch)
        .score_sums(Batch(batch), 1, In(weight.data(), 0), 0, batch.episodes, phi.data());
  }

  /// 1/N sum_i (R_i - w'phi_i - v)^2 + ridge |w|^2 with its best v.
  double loss(const std::vector<double>& w, double ridge) const {
    std::vector<double> rest = R;
    const auto N = static_cast<double>(R.size());
    double mean = 0.0, sum = 0.0;
    for (std::size_t i = 0; i < R.size(); ++i) {
      for (std::size_t j = 0; j < w.size(); ++j) rest[i] -= w[j] * phi[i * w.size() + j];
      mean += rest[i] / N;
    }
    for (const double r : rest) sum += (r - mean) * (r - mean) / N;
    for (const double wj : w) sum += ridge * wj * wj;
    return sum;
  }
};

}  // namespace

TEST_CASE("the episodic natural actor-critic minimises its regression on every batch") {
  for (const SmallProcess& process : {two_states(2), ending(2)}) {
    const EstimatorInUse critic = process.estimator(name, "ridge = 0.01");
    double steepest = 0.0;
    for_each_batch(process.finite(), 2, [&](const seedbed_batch& batch, double) {
      const std::vector<double> w = estimate(critic.instance, batch, process.finite().theta(),
                                             critic.state, false, process.arena())
                                        .gradient;
      const Regression regression(process, batch);
      for (std::size_t j = 0; j < w.size(); ++j) {  // the loss is quadratic: differences are exact
        std::vector<double> up = w, down = w;
        up[j] += 0.5;
        down[j] -= 0.5;
        steepest =
            std::max(steepest, std::abs(regression.loss(up, 0.01) - regression.loss(down, 0.01)));
      }
    });
    CHECK(steepest < 1e-11);
  }
}

TEST_CASE("on the bandit the slope is the difference of the arms, whatever their level") {
  for (const double level : {0.0, 10.0}) {
    const SmallProcess arms = bandit(0.3, 1.5 + level, 0.25 + level);
    const EstimatorInUse critic = arms.estimator(name, "ridge = 1e-9");
    std::size_t mixed = 0;
    for_each_batch(arms.finite(), 2, [&](const seedbed_batch& batch, double) {
      const Estimate made =
          estimate(critic.instance, batch, arms.finite().theta(), critic.state, true, arms.arena());
      const bool both = batch.action.data[0] != batch.action.data[1];
      mixed += both;
      CHECK(made.units == 2);
      CHECK_THAT(made.gradient[1] - made.gradient[0], WithinAbs(both ? -1.25 : 0.0, 1e-7));
    });
    CHECK(mixed == 2);
  }
}

TEST_CASE("a constant added to every return moves no contribution") {
  const SmallProcess low = bandit(0.3, 1.5, 0.25), high = bandit(0.3, 11.5, 10.25);
  const EstimatorInUse critic = low.estimator(name);
  std::vector<std::vector<double>> contributions;
  for (const SmallProcess* arms : {&low, &high})
    for_each_batch(arms->finite(), 3, [&](const seedbed_batch& batch, double) {
      contributions.push_back(estimate(critic.instance, batch, arms->finite().theta(),
                                       critic.state, true, arms->arena())
                                  .contributions);
    });
  REQUIRE(contributions.size() == 16);
  for (std::size_t b = 0; b < 8; ++b)
    for (std::size_t k = 0; k < 6; ++k)
      CHECK_THAT(contributions[b + 8][k], WithinAbs(contributions[b][k], 1e-11));
}

TEST_CASE("with gamma = 1 the episodic natural actor-critic tends to the natural direction") {
  const SmallProcess process = two_states(3, 1.0);
  const std::vector<double>& theta = process.finite().theta();
  constexpr std::size_t N = 40000;
  Sampler sampler(process.problem(), N, 0);
  const auto made = [&](const std::string& plugin) {
    EstimatorInUse estimator = process.estimator(plugin, "ridge = 0.05");
    return sampler.estimate(estimator, sampler.sample(estimator, theta, Noise(5, 1), 0), theta,
                            true);
  };
  const Estimate critic = made(name), natural = made("natural");
  CHECK(critic.gradient != natural.gradient);
  for (std::size_t j = 0; j < theta.size(); ++j) {
    const double error =
        std::sqrt((critic.variance()[j] + natural.variance()[j]) / static_cast<double>(N));
    CHECK(error < 0.03);
    CHECK_THAT(critic.gradient[j], WithinAbs(natural.gradient[j], 5.0 * error));
  }
}

TEST_CASE("the episodic natural actor-critic declares a natural direction biased by its ridge") {
  const EstimatorInUse estimator = two_states(2).estimator(name);
  CHECK(estimator.info.estimand == SEEDBED_NATURAL_DIRECTION);
  CHECK(estimator.info.bias == SEEDBED_BIASED);
  CHECK(estimator.info.coupling == SEEDBED_U_STATISTIC);
}
