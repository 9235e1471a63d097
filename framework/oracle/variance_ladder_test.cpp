#include "oracle/variance_ladder.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

#include "certificate/small_process.hpp"

using namespace seedbed;
using Catch::Matchers::WithinAbs;

namespace {

const Rung& rung(const VarianceLadder& ladder, const std::string& name) {
  for (const Rung& rung : ladder.rungs)
    if (rung.name == name) return rung;
  throw std::runtime_error("no rung " + name);
}

void check_ladder(const VarianceLadder& ladder) {
  const std::vector<double>& gradient = ladder.reinforce.gradient;
  for (const Rung& rung : ladder.rungs) {
    CAPTURE(rung.name);
    CHECK(rung.moments.trace() > 0.0);
    for (std::size_t j = 0; j < gradient.size() && rung.unbiased; ++j)
      CHECK_THAT(rung.moments.mean[j], WithinAbs(gradient[j], 1e-9));
  }
  const auto trace = [&](const std::string& name) { return rung(ladder, name).moments.trace(); };
  const std::string plain = "REINFORCE", causal = "reward-to-go";
  CHECK(trace(plain + ", best b") < trace(plain));
  CHECK(trace(plain + ", best b") < trace(plain + ", b = E R"));
  CHECK(trace(plain + ", best b of each component") < trace(plain + ", best b"));
  CHECK(trace(causal + ", best b_t") < trace(causal));
  CHECK(trace(causal + ", best b_t") < trace(causal + ", b = E G_t"));
  CHECK(trace(causal + ", best b_t of each component") < trace(causal + ", best b_t"));
  CHECK(trace(causal + ", best b_t of each component") < trace(causal + ", b of Peters & Schaal"));
  CHECK(trace(causal + ", b of Peters & Schaal") < trace(causal));
  // V is below none; it need not be below the best b_t: it is not the best baseline of a state.
  CHECK(trace(causal + ", b = V(s)") < trace(causal));
  CHECK(trace("critic V, lambda = 0") < trace(causal + ", b = V(s)"));  // one step's surprise
  CHECK(trace("all-action, exact Q") < trace("critic V, lambda = 0"));  // none by the action
}

}  // namespace

TEST_CASE("every rung of a finite process has the mean grad J; what is known lowers the trace") {
  const SmallProcess process = ending(6);
  Arena arena;
  const VarianceLadder ladder =
      *variance_ladder(process.problem(), process.finite().theta(), arena);
  check_ladder(ladder);
  for (const Rung& rung : ladder.rungs) CHECK(rung.unbiased);
  CHECK(ladder.values->Q == solve(process.finite().problem()).Q);
}

TEST_CASE(
    "every rung of a regulator but differences has the mean grad J; what is known lowers the "
    "trace") {
  Configuration c;
  c.objective = {10, 1.0};
  c.environment = contract::setting(SEEDBED_ENVIRONMENT, "linear-quadratic",
                                    "A = [[1.0, 1.0], [0.0, 1.0]]\nB = [[0.0], [1.0]]\n"
                                    "R = [[1.0]]\nQ_next = [[1.0, 0.0], [0.0, 0.0]]\n"
                                    "W = [[1e-2, 0.0], [0.0, 1e-2]]\nx0 = [-1.0, 0.0]");
  c.policy = contract::setting(SEEDBED_POLICY, "linear-gaussian", "sigma = 0.2");
  Arena arena;
  const VarianceLadder ladder = *variance_ladder(DecisionProblem(c), {-0.4, -1.1}, arena);
  check_ladder(ladder);
  CHECK(!ladder.values);
  const Rung &central = rung(ladder, "central differences, delta = 0.01, common noise"),
             &forward = rung(ladder, "forward differences, delta = 0.01, independent noise");
  CHECK(central.trajectories == 4);
  CHECK(forward.trajectories == 3);
  for (std::size_t j = 0; j < 2; ++j) {
    const double bias = std::abs(central.moments.mean[j] - ladder.reinforce.gradient[j]);
    CHECK(bias > 1e-9);  // O(delta^2), and O(delta)
    CHECK(bias < 0.1 * std::abs(forward.moments.mean[j] - ladder.reinforce.gradient[j]));
  }
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
