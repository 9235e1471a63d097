#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/small_process.hpp"
#include "diagnostics/gradient_sample.hpp"
#include "diagnostics/quantile.hpp"
#include "engine/configurations.hpp"
#include "engine/gradient_study.hpp"
#include "oracle/enumeration.hpp"
#include "oracle/spectrum.hpp"
#include "oracle/variance_ladder.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

/// D2 at H = 3: what M batches of N trajectories say, and what every pair of trajectories says.
struct Stage {
  static constexpr std::uint64_t M = 20000, N = 2;
  SmallProcess process = two_states(3, 0.9, N);
  std::vector<Diagnosis> diagnoses;
  std::vector<double> fisher;

  explicit Stage(const std::vector<Setting>& estimators) {
    Configuration c = cartpole(N, 3);
    c.kind = StageKind::gradient;
    c.objective = {3, 0.9};
    c.environment = contract::setting(SEEDBED_ENVIRONMENT, "tabular", "model = 'D2.csv'");
    c.policy = contract::setting(SEEDBED_POLICY, "tabular-softmax");
    c.iterations = M;
    c.theta = process.finite().theta();
    c.estimators = estimators;
    GradientStudy study(c, Noise(5, 0));
    const Reference truth =
        Reference::exact(process.certify_contribution("reinforce").truth.gradient);
    std::vector<GradientSample> samples(estimators.size(), GradientSample(truth));
    for (std::uint64_t b = 0; b < M; ++b) {
      study.step(b);
      for (std::size_t e = 0; e < samples.size(); ++e) {
        const Evaluation& now = study.evaluations()[e];
        samples[e].add({now.estimate.gradient, now.estimate.units, now.variance_within, NAN});
      }
    }
    for (const GradientSample& sample : samples) diagnoses.push_back(sample.diagnose());
    fisher = study.scores().matrix();
  }
};

/// Four standard errors around a 95 % interval's middle: 2.04 half widths.
void check_covers(const Measured& x, double truth) {
  INFO(x.lower << " .. " << x.value << " .. " << x.upper << " should hold " << truth);
  CHECK(x.lower < x.value);
  CHECK(x.value < x.upper);
  CHECK(x.value != truth);
  const double half = truth > x.value ? x.upper - x.value : x.value - x.lower;
  CHECK(std::abs(truth - x.value) < 2.04 * half);
}

double norm2(const std::vector<double>& v) {
  double sum = 0.0;
  for (const double x : v) sum += x * x;
  return sum;
}

}  // namespace

TEST_CASE("what a stage says of REINFORCE's noise holds the oracle's truth") {
  const Stage stage({contract::setting(SEEDBED_ESTIMATOR, "reinforce"),
                     contract::setting(SEEDBED_ESTIMATOR, "reinforce", "baseline = 'batch-mean'")});
  for (std::size_t e = 0; e < 2; ++e) {
    const Diagnosis& d = stage.diagnoses[e];
    const Certificate c =
        stage.process.certify("reinforce", e ? "baseline = 'batch-mean'" : "", Stage::N);
    double trace = 0.0;
    for (std::size_t j = 0; j < 4; ++j) {
      const double variance = c.gradient.variance(j);
      trace += variance;
      CHECK_THAT(d.mean[j], WithinAbs(c.gradient.mean()[j], 4.0 * d.mean_se[j]));
      check_covers({d.variance[j], d.variance_lower[j], d.variance_upper[j]}, variance);
    }
    const double bias2 = norm2(c.bias()), J2 = norm2(c.truth.gradient);
    check_covers(d.variance_trace, trace);
    check_covers(d.mse, trace + bias2);
    check_covers(d.snr, J2 / trace);
    check_covers(d.snr_plugin, norm2(c.gradient.mean()) / trace);
    CHECK(d.bias_norm.lower <= std::sqrt(bias2));
    CHECK(d.bias_norm.upper >= std::sqrt(bias2));
    check_covers(d.noise_scale, double(Stage::N) * trace / J2);
  }
  const Diagnosis& plain = stage.diagnoses[0];
  check_covers(plain.variance_within_ratio, 1.0);
}

TEST_CASE("the interval of a trace is as wide as the fourth moments make it") {
  //   Var(tr S) = Var(|g - E g|^2) / M; the jackknife of 79 blocks knows its root to 7 %
  const Stage stage({contract::setting(SEEDBED_ESTIMATOR, "reinforce")});
  const Certificate c = stage.process.certify("reinforce", "", Stage::N);
  const EstimatorInUse estimator = stage.process.estimator("reinforce");
  WeighedMoments away(1);
  for_each_batch(stage.process.finite(), Stage::N, [&](const seedbed_batch& batch, double p) {
    std::vector<double> g = estimate(estimator.instance, batch, stage.process.finite().theta(), {},
                                     false, stage.process.arena())
                                .gradient;
    for (std::size_t j = 0; j < 4; ++j) g[j] -= c.gradient.mean()[j];
    const double square = norm2(g);
    away.add(p, &square);
  });
  const Measured& trace = stage.diagnoses[0].variance_trace;
  const double error = std::sqrt(away.variance(0) / double(Stage::M)) / away.mean()[0];
  CHECK(std::log(trace.upper / trace.value) / student_t(78) == Approx(error).epsilon(0.25));
}

TEST_CASE("Hotelling's T2 finds the bias of a batch mean and none where there is none") {
  const Stage stage(
      {contract::setting(SEEDBED_ESTIMATOR, "reinforce"),
       contract::setting(SEEDBED_ESTIMATOR, "reinforce", "baseline = 'batch-mean'"),
       contract::setting(SEEDBED_ESTIMATOR, "reinforce", "baseline = 'leave-one-out'"),
       contract::setting(SEEDBED_ESTIMATOR, "reward-to-go")});
  for (const std::size_t e : {0u, 2u, 3u}) CHECK(stage.diagnoses[e].test.p > 1e-3);
  CHECK(stage.diagnoses[1].test.p < 1e-12);
  CHECK(stage.diagnoses[1].bias_norm.lower > 0.0);
  // The scores of a state sum to 0: four components span two dimensions.
  for (const Diagnosis& d : stage.diagnoses) CHECK(d.test.rank == 2);
}

TEST_CASE("cosine and sign agreement of a stage are those of all batches") {
  const Stage stage({contract::setting(SEEDBED_ESTIMATOR, "reward-to-go")});
  const EstimatorInUse estimator = stage.process.estimator("reward-to-go");
  const FiniteProcess& p = stage.process.finite();
  const std::vector<double> J = stage.process.certify_contribution("reinforce").truth.gradient;
  double cosine = 0.0, agreement = 0.0;
  for_each_batch(p, Stage::N, [&](const seedbed_batch& batch, double probability) {
    const Estimate made = estimate(estimator.instance, batch, p.theta(), estimator.state, false,
                                   stage.process.arena());
    double product = 0.0;
    for (std::size_t j = 0; j < 4; ++j) product += made.gradient[j] * J[j];
    const double norms = std::sqrt(norm2(made.gradient) * norm2(J));
    cosine += probability * (norms > 0.0 ? product / norms : 0.0);
    agreement += product > 0.0 ? probability : 0.0;
  });
  check_covers(stage.diagnoses[0].cosine, cosine);
  check_covers(stage.diagnoses[0].sign_agreement, agreement);
}

TEST_CASE("the score covariance of a stage is the oracle's Fisher matrix within its noise") {
  const Stage stage({contract::setting(SEEDBED_ESTIMATOR, "reinforce")});
  const auto ladder = variance_ladder(stage.process.problem(), stage.process.finite().theta(),
                                      stage.process.arena());
  REQUIRE(ladder);
  const auto& F = ladder->reinforce.F;
  REQUIRE(stage.fisher.size() == 16);
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t j = 0; j < 4; ++j) {
      CHECK(stage.fisher[i * 4 + j] != F(i, j));
      // |Z_i Z_j| is at most 9: 4096 trajectories leave less than 0.05 of noise here
      CHECK_THAT(stage.fisher[i * 4 + j], WithinAbs(F(i, j), 0.06));
    }
  const std::vector<double> lambda = spectrum(Dense(4, 4, stage.fisher.data())).value;
  CHECK(lambda[1] > 0.1);
  CHECK_THAT(lambda[2], WithinAbs(0.0, 1e-12));
}
