#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"
#include "oracle/tabular_variance.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

TEST_CASE("the two-state process has its published variances over 10 steps") {
  const SmallProcess process = two_states(10);
  const ReinforceMoments moments = reinforce_moments(process.finite(), process.arena());
  CHECK_THAT(moments.with_baseline(0.0).covariance(0, 0), WithinAbs(1.92543825, 5.1e-9));
  const TabularProblem& p = process.finite().problem();
  const Critic none{no_baseline(p), 1.0, p.discount};
  CHECK_THAT(critic_moments(process.finite(), none, process.arena()).covariance(0, 0),
             WithinAbs(0.73116916, 5.1e-9));
}

TEST_CASE("the bandit has variance p (1 - p) ((1 - p) r_1 + p r_0 - b)^2, and none at its best b") {
  const double p = 0.3, r_0 = -0.5, r_1 = 2.25;
  const SmallProcess process = bandit(p, r_0, r_1);
  const ReinforceMoments moments = reinforce_moments(process.finite(), process.arena());
  const double best = (1.0 - p) * r_1 + p * r_0;
  CHECK_THAT(moments.best_baseline(), WithinAbs(best, 1e-14));
  CHECK_THAT(moments.best_baselines()[1], WithinAbs(best, 1e-14));
  for (const double b : {0.0, 1.0, moments.J, best})
    CHECK_THAT(moments.with_baseline(b).covariance(1, 1),
               WithinAbs(p * (1.0 - p) * (best - b) * (best - b), 1e-14));
  CHECK_THAT(moments.F(1, 1), WithinAbs(p * (1.0 - p), 1e-15));
}

TEST_CASE("no constant baseline has less variance than the best one, nor any of its components") {
  const SmallProcess process = ending(6);
  const ReinforceMoments moments = reinforce_moments(process.finite(), process.arena());
  const double b = moments.best_baseline(), least = moments.with_baseline(b).trace();
  const std::vector<double> each = moments.best_baselines();
  const ContributionMoments best = moments.with_baselines(each);
  CHECK(best.trace() < least);
  for (const double h : {-1e-3, 1e-3}) {
    CHECK(moments.with_baseline(b + h).trace() > least);
    for (std::size_t j = 0; j < each.size(); ++j)
      CHECK(moments.with_baseline(each[j] + h).covariance(j, j) > best.covariance(j, j));
  }
}

TEST_CASE("a component that no trajectory moves has the best baseline 0") {
  const SmallProcess process(
      "state,action,probability,next_state,reward,terminated\nstart,,1,0,,\n"
      "0,0,1,0,1,0\n0,1,1,0,2,0\n1,0,1,0,5,0\n1,1,1,0,5,0\n",
      {3, 0.9}, {0.5, -0.5, 0.0, 0.3});
  const ReinforceMoments moments = reinforce_moments(process.finite(), process.arena());
  CHECK(moments.best_baselines()[2] == 0.0);
  CHECK(moments.with_baselines(moments.best_baselines()).covariance(2, 2) == 0.0);
}
