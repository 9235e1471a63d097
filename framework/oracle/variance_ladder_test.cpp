#include "oracle/variance_ladder.hpp"

#include <catch2/catch.hpp>

#include "certificate/small_process.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

void check_ladder(const VarianceLadder& ladder) {
  const std::vector<double>& gradient = ladder.reinforce.gradient;
  for (const Rung& rung : ladder.rungs) {
    CAPTURE(rung.name);
    for (std::size_t j = 0; j < gradient.size(); ++j)
      CHECK_THAT(rung.moments.mean[j], WithinAbs(gradient[j], 1e-9));
    CHECK(rung.moments.trace() > 0.0);
  }
  const auto trace = [&](std::size_t rung) { return ladder.rungs.at(rung).moments.trace(); };
  CHECK(trace(2) < trace(0));  // the best b is below none and E R
  CHECK(trace(2) < trace(1));
  CHECK(trace(3) < trace(2));
  CHECK(trace(6) < trace(4));  // V is below none; not always below E G_t: it is not the best one
  CHECK(trace(7) < trace(6));  // one step's surprise is less than all that follow
  CHECK(trace(8) < trace(7));  // no surprise by the action
}

}  // namespace

TEST_CASE("every rung of a finite process has the mean grad J; what is known lowers the trace") {
  const SmallProcess process = ending(6);
  Arena arena;
  check_ladder(*variance_ladder(process.problem(), process.finite().theta(), arena));
}

TEST_CASE("every rung of a regulator has the mean grad J; what is known lowers the trace") {
  Configuration c;
  c.objective = {10, 1.0};
  c.environment = contract::setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
                                    "A = [[1.0, 1.0], [0.0, 1.0]]\nB = [[0.0], [1.0]]\n"
                                    "R = [[1.0]]\nQ_next = [[1.0, 0.0], [0.0, 0.0]]\n"
                                    "W = [[1e-2, 0.0], [0.0, 1e-2]]\nx0 = [-1.0, 0.0]");
  c.policy = contract::setting(SEEDBED_POLICY, "linear-gaussian", "sigma = 0.2");
  Arena arena;
  check_ladder(*variance_ladder(DecisionProblem(c), {-0.4, -1.1}, arena));
}

TEST_CASE("where no oracle fits there is no ladder") {
  Configuration c;
  c.objective = {10, 1.0};
  c.environment = contract::setting(SEEDBED_ENVIRONMENT, "cartpole");
  c.policy = contract::setting(SEEDBED_POLICY, "linear-softmax");
  const DecisionProblem problem(c);
  Arena arena;
  CHECK(!variance_ladder(problem, std::vector<double>(problem.parameters(), 0.0), arena));
}
