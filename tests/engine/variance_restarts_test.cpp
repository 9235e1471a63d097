#include "engine/variance_restarts.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/small_process.hpp"
#include "configurations.hpp"
#include "engine/time_span.hpp"
#include "oracle/variance_sources.hpp"

using namespace seedbed;
using Catch::Contains;
using Catch::Matchers::WithinAbs;

namespace {

VarianceParts measure(const SmallProcess& process, const EstimatorInUse& estimator,
                      std::uint64_t M) {
  const EstimatorInUse* const one[] = {&estimator};
  return variance_by_restarts(process.problem(), process.finite().theta(), one, M, Noise(11, 2))[0];
}

/// The parts of `exact` in the order of source_labels.
std::vector<double> in_order(const VarianceSources& exact) {
  std::vector<double> parts{0.0};
  for (const double part : exact.initial) parts[0] += part;
  for (const TimeSpan& span : time_spans(exact.action.rows)) {
    double action = 0.0, transition = 0.0;
    for (std::size_t t = span.first; t < span.first + span.count; ++t) {
      action += row_sum(exact.action, t);
      transition += row_sum(exact.transition, t);
    }
    parts.insert(parts.end(), {action, transition});
  }
  return parts;
}

/// Within 4 standard errors, which are small enough to say something of the largest part.
void check_parts(const VarianceParts& measured, const VarianceSources& exact, double sharpness) {
  const std::vector<double> expected = in_order(exact);
  REQUIRE(measured.variance.size() == expected.size());
  double best = 0.0;
  for (std::size_t k = 0; k < expected.size(); ++k) {
    CAPTURE(k);
    CHECK_THAT(measured.variance[k],
               WithinAbs(expected[k], 4.0 * measured.standard_error[k] + 1e-12));
    if (measured.standard_error[k] > 0.0)
      best = std::max(best, expected[k] / measured.standard_error[k]);
  }
  CHECK(best > sharpness);
}

}  // namespace

TEST_CASE("restarts measure the exact sources of REINFORCE, reward-to-go and all-action") {
  for (const SmallProcess& process : {two_states(4), ending(5)}) {
    const FiniteProcess& finite = process.finite();
    const TabularProblem& p = finite.problem();
    check_parts(measure(process, process.estimator("reinforce"), 20000),
                reinforce_sources(finite, 0.0, process.arena()), 30.0);
    check_parts(measure(process, process.estimator("reward-to-go"), 20000),
                critic_sources(finite, {no_baseline(p), 1.0, p.discount}, process.arena()), 30.0);
    check_parts(measure(process, process.estimator("all-action"), 20000),
                all_action_sources(finite, process.arena()), 30.0);
  }
}

TEST_CASE("beyond 16 steps restarts measure the sums over spans of time") {
  const SmallProcess process = two_states(40);
  check_parts(measure(process, process.estimator("reward-to-go"), 8000),
              critic_sources(process.finite(), {no_baseline(process.finite().problem()), 1.0, 0.9},
                             process.arena()),
              15.0);
}

TEST_CASE("the measured parts sum to the sample variance of the trajectories, to rounding") {
  for (const SmallProcess& process : {two_states(6), ending(16)}) {
    EstimatorInUse estimator = process.estimator("reinforce");
    const VarianceParts parts = measure(process, estimator, 300);
    double sum = 0.0, expected = 0.0;
    for (const double part : parts.variance) sum += part;
    CHECK(sum != parts.total);
    CHECK_THAT(sum, WithinAbs(parts.total, 1e-12 * parts.total));

    Sampler sampler(process.problem(), 300, 0);
    const std::vector<double>& theta = process.finite().theta();
    const Noise noise = Noise(11, 2).stream(0xFFFFFFFF, 0);  // which belongs to no stage
    for (const double variance :
         sampler.estimate(estimator, sampler.sample(estimator, theta, noise, 0), theta, false)
             .variance())
      expected += variance;
    CHECK(parts.total != expected);
    CHECK_THAT(parts.total, WithinAbs(expected, 1e-12 * expected));
  }
}

TEST_CASE("estimators on the same trajectories differ in the parts of the actions alone") {
  const SmallProcess process = two_states(3);
  const EstimatorInUse plain = process.estimator("reward-to-go"),
                       with = process.estimator("reward-to-go",
                                                "baseline = { plugin = 'constant', value = 4.0 }");
  const EstimatorInUse* const both[] = {&plain, &with};
  const auto parts =
      variance_by_restarts(process.problem(), process.finite().theta(), both, 20000, Noise(11, 2));
  for (std::size_t k = 0; k < parts[0].variance.size(); ++k) {
    const double difference = std::abs(parts[1].variance[k] - parts[0].variance[k]);
    const double error = std::hypot(parts[1].standard_error[k], parts[0].standard_error[k]);
    const bool of_action = k % 2 == 1;
    CHECK((difference > 8.0 * error) == of_action);
  }
}

TEST_CASE("restarts work where there is no oracle, and with estimators that carry a state") {
  Configuration c = cartpole(50, 100);
  const DecisionProblem problem(c);
  EstimatorInUse estimator(
      contract::setting(SEEDBED_ESTIMATOR, "reward-to-go", "baseline = 'previous-batch-mean'"),
      problem);
  const std::vector<double> theta(problem.parameters(), 0.0);
  const EstimatorInUse* const one[] = {&estimator};
  const auto total = [&] {
    return variance_by_restarts(problem, theta, one, 200, Noise(3, 1))[0].total;
  };
  const double before = total();
  CHECK(total() == before);  // it leaves the state as it is
  Sampler sampler(problem, 50, 0);
  sampler.estimate(estimator, sampler.sample(estimator, theta, Noise(3, 1), 0), theta, false);
  CHECK(total() < 0.9 * before);
}

TEST_CASE("an estimator that plans, or whose contributions hang together, is refused by name") {
  const SmallProcess process = two_states(3, 0.9, 8);
  CHECK_THROWS_WITH(measure(process, process.estimator("central-differences"), 10),
                    Contains("'central-differences'") && Contains("plans"));
  CHECK_THROWS_WITH(
      measure(process, process.estimator("reward-to-go", "baseline = 'leave-one-out'"), 10),
      Contains("'reward-to-go'") && Contains("hang together"));
  CHECK_THROWS_WITH(measure(process, process.estimator("reinforce"), 1), Contains("at least 2"));
}

TEST_CASE("labels name every step, or at most 16 spans of them that leave none out") {
  CHECK(source_labels(2) == std::vector<std::string>{"initial", "action 0", "transition 0",
                                                     "action 1", "transition 1"});
  CHECK(source_labels(500).size() == 33);
  CHECK(source_labels(500)[1] == "action 0-30");
  for (const std::uint64_t H : {1u, 16u, 17u, 100u, 500u}) {
    std::uint64_t next = 0;
    for (const TimeSpan& span : time_spans(H)) {
      CHECK(span.first == next);
      CHECK(span.count > 0);
      next += span.count;
    }
    CHECK(next == H);
  }
}
