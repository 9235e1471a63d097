#include "oracle/population.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "certificate/small_process.hpp"
#include "engine/statistics.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

TEST_CASE("a batch that is the whole distribution has J as its mean return") {
  const SmallProcess process = bandit(0.25, -1.0, 3.0);
  for (const std::size_t copies : {1U, 8U}) {
    std::optional<Recording> all = population(process.finite(), copies, 100);
    REQUIRE(all);
    const std::vector<double> R = returns_of(all->view());
    CHECK(R.size() == 4 * copies);
    double sum = 0.0;
    for (const double r : R) sum += r;
    CHECK_THAT(sum / static_cast<double>(R.size()), WithinAbs(0.0, 1e-15));
  }
}

TEST_CASE("probabilities without a common denominator have no such batch") {
  CHECK(!population(two_states(1).finite(), 1, 1000));
}

TEST_CASE("the whole distribution as a batch makes an in-sample optimum exact") {
  const SmallProcess process = bandit(0.25, -1.0, 3.0);
  std::optional<Recording> all = population(process.finite(), 2, 100);
  const EstimatorInUse e = process.estimator("reinforce-optimal");
  const Estimate made =
      estimate(e.instance, all->view(), process.finite().theta(), e.state, false, process.arena());
  const std::vector<double> truth = process.certify("reinforce", "", 1).truth.gradient;
  CHECK_THAT(made.gradient[1], WithinAbs(truth[1], 1e-14));
  CHECK(std::abs(process.certify("reinforce-optimal", "", 2).bias()[1]) > 1e-2);  // at N = 2
}
