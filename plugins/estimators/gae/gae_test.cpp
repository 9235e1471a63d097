#include <catch2/catch.hpp>
#include <cmath>
#include <seedbed/components.hpp>

#include "certificate/small_process.hpp"
#include "certificate/study.hpp"
#include "oracle/enumeration.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

EstimatorInUse fixed(const SmallProcess& process, const std::string& toml) {
  EstimatorInUse estimator = process.estimator("gae", toml);
  estimator.state = {0.7, -0.4, 0.3};  // w of s = 0, s = 1, constant
  return estimator;
}

constexpr double V[2] = {1.0, -0.1};  // what that critic says

/// A_t forward, by its definition as a sum: sum_k (gamma lambda)^(k-t) delta_k.
double advantage(const seedbed_batch& b, std::size_t i, std::size_t t, double lambda,
                 bool bootstrap) {
  const auto state = [&](std::size_t k) {
    return static_cast<std::size_t>(b.observation.data[b.begin[i] + k]);
  };
  double sum = 0.0, weight = 1.0;
  for (std::size_t k = t; k < b.length[i]; ++k, weight *= b.discount * lambda) {
    double next = 0.0;
    if (k + 1 < b.length[i])
      next = V[state(k + 1)];
    else if (bootstrap && b.terminated[i] == 0.0)
      next = V[static_cast<std::size_t>(b.final_observation.data[i])];
    sum += weight * (b.reward[b.begin[i] + k] + b.discount * next - V[state(k)]);
  }
  return sum;
}

void commit(const EstimatorInUse& e, const seedbed_batch& batch, const SmallProcess& process,
            std::vector<double>& state) {
  seedbed_message message{};
  e.instance.functions<seedbed_estimator>().commit(e.instance.self(), &batch,
                                                   process.finite().theta().data(), state.data(),
                                                   process.arena().fresh(), &message);
}

}  // namespace

TEST_CASE("gae with lambda 1 and no bootstrap is unbiased for any critic") {
  for (const SmallProcess& process : {two_states(3), ending(3), ending(2, 1.0)}) {
    const EstimatorInUse gae = fixed(process, "lambda = 1.0\nbootstrap = false");
    CHECK(gae.info.bias == SEEDBED_UNBIASED);
    CHECK(process.certify(gae, 1).largest_bias() < 1e-12);
  }
  const EstimatorInUse pair = fixed(ending(2), "lambda = 1.0\nbootstrap = false");
  CHECK(ending(2).certify(pair, 2).largest_bias() < 1e-12);
}

TEST_CASE("gae with lambda 1, no bootstrap and V = 0 is reward-to-go") {
  const SmallProcess process = ending(3);
  const Certificate gae = process.certify_contribution("gae", "lambda = 1.0\nbootstrap = false");
  const Certificate plain = process.certify_contribution("reward-to-go");
  for (std::size_t j = 0; j < 4; ++j) {
    CHECK_THAT(gae.gradient.mean()[j], WithinAbs(plain.gradient.mean()[j], 1e-15));
    CHECK_THAT(gae.gradient.variance(j), WithinAbs(plain.gradient.variance(j), 1e-14));
  }
}

TEST_CASE("gae's contribution is scores times its advantages, trajectory by trajectory") {
  for (const SmallProcess& process : {two_states(3), ending(3)})
    for (const double lambda : {0.0, 0.6, 1.0})
      for (const bool bootstrap : {true, false}) {
        const EstimatorInUse gae =
            fixed(process, "lambda = " + std::to_string(lambda) +
                               (bootstrap ? "\nbootstrap = true" : "\nbootstrap = false"));
        const std::vector<double>& theta = process.finite().theta();
        for_each_block(process.finite(), 5000, [&](WeighedTrajectories& all) {
          const seedbed_batch b = all.recording.view();
          std::vector<double> weight(b.samples), g(b.episodes * theta.size());
          for (std::size_t i = 0; i < b.episodes; ++i)
            for (std::size_t t = 0; t < b.length[i]; ++t)
              weight[b.begin[i] + t] = std::pow(b.discount, static_cast<double>(t)) *
                                       advantage(b, i, t, lambda, bootstrap);
          Scratch scratch(process.arena().fresh());
          Policy(b, theta.data(), scratch)
              .score_sums(Batch(b), 1, In(weight.data(), 0), 0, b.episodes, g.data());
          const Estimate made = estimate(gae.instance, b, theta, gae.state, true, process.arena());
          double worst = 0.0;
          for (std::size_t k = 0; k < g.size(); ++k)
            worst = std::max(worst, std::abs(g[k] - made.contributions[k]));
          CHECK(worst < 1e-14);
        });
      }
}

TEST_CASE("gae with lambda below 1 or a bootstrap is biased and says so") {
  const SmallProcess process = two_states(3);
  for (const char* toml : {"lambda = 0.5\nbootstrap = false", "lambda = 1.0\nbootstrap = true"}) {
    const EstimatorInUse gae = fixed(process, toml);
    CHECK(gae.info.bias == SEEDBED_BIASED);
    CHECK(process.certify(gae, 1).largest_bias() > 1e-3);
  }
}

TEST_CASE("over one step gae is unbiased whatever lambda") {
  const SmallProcess process = two_states(1);
  const EstimatorInUse gae = fixed(process, "lambda = 0.0\nbootstrap = false");
  CHECK(process.certify(gae, 1).largest_bias() < 1e-12);
}

TEST_CASE("the critic is the ridge regression of the returns to go, one-hot and with a constant") {
  const SmallProcess process = ending(3);
  const EstimatorInUse gae = process.estimator("gae", "ridge = 0.01");
  REQUIRE(gae.state == std::vector<double>(3, 0.0));
  for_each_block(process.finite(), 5000, [&](WeighedTrajectories& all) {
    const seedbed_batch b = all.recording.view();
    std::vector<double> w(3, 9.0);
    commit(gae, b, process, w);
    double slope[3] = {0.0, 0.0, 0.0};  // of the loss, which must be 0
    for (std::size_t i = 0; i < b.episodes; ++i) {
      double G = 0.0;
      for (std::size_t t = b.length[i]; t-- > 0;) {
        G = b.reward[b.begin[i] + t] + b.discount * G;
        const auto s = static_cast<std::size_t>(b.observation.data[b.begin[i] + t]);
        const double rest = (w[s] + w[2] - G) / static_cast<double>(b.samples);
        slope[s] += rest;
        slope[2] += rest;
      }
    }
    for (std::size_t k = 0; k < 3; ++k) CHECK_THAT(slope[k] + 0.01 * w[k], WithinAbs(0.0, 1e-13));
  });
}

TEST_CASE("the critic of a box is linear in the observation") {
  Study study(regulator(), "gae", "ridge = 1e-3", 50);
  REQUIRE(study.estimator.state == std::vector<double>(4, 0.0));
  const seedbed_batch b = study.sample();
  std::vector<double> slope(4, 0.0);
  study.sampler.estimate(study.estimator, b, study.theta, false);
  const std::vector<double>& w = study.estimator.state;
  for (std::size_t i = 0; i < b.episodes; ++i) {
    double G = 0.0;
    for (std::size_t t = b.length[i]; t-- > 0;) {
      const std::size_t j = b.begin[i] + t;
      G = b.reward[j] + b.discount * G;
      double rest = w[3] - G;
      for (std::size_t k = 0; k < 3; ++k)
        rest += w[k] * b.observation.data[k * b.observation.stride + j];
      rest /= static_cast<double>(b.samples);
      for (std::size_t k = 0; k < 3; ++k)
        slope[k] += rest * b.observation.data[k * b.observation.stride + j];
      slope[3] += rest;
    }
  }
  for (std::size_t k = 0; k < 4; ++k) CHECK_THAT(slope[k] + 1e-3 * w[k], WithinAbs(0.0, 1e-11));
}
