#include <algorithm>

#include "engine/aligned.hpp"
#include "engine/call.hpp"
#include "laws/policy.hpp"

namespace seedbed::contract {
namespace {

constexpr const char* prepared_law = "a prepared policy gives the same bits";

void demand_same(const std::vector<double>& expected, const std::vector<double>& got,
                 const char* what) {
  const auto block = [](const std::vector<double>& numbers) {
    Block row(1, numbers.size());
    std::copy(numbers.begin(), numbers.end(), row.row(0));
    return row;
  };
  demand_same(block(expected), block(got), prepared_law, what);
}

}  // namespace

void policy_prepared_laws(const PolicyTrial& trial) {
  const Instance& policy = trial.policy;
  PolicyUnder under(policy.component());
  constexpr double guard = 12345.0;
  AlignedDoubles memory(under.size() + 1, guard);
  Source source(trial.seed + 8);
  for (const double scale : {0.0, 1.0}) {
    const Theta theta = theta_of(trial, scale), before = theta;
    call(policy, "prepare", [&](seedbed_message* message) {
      return under.prepare(theta.data(), memory.data(), message);
    });
    demand(theta == before, "inputs are not written", "prepare wrote theta");
    demand(memory.back() == guard, "nothing beyond the outputs is written", "prepare did");
    const Callee prepared(policy, under);
    const Situation s = nasty_situation(trial);
    const Acted acted = act(trial, theta, s), got = act(prepared, acted.action.rows(), theta, s);
    demand_same(acted.action, got.action, prepared_law, "action of act");
    demand_same(acted.log_prob, got.log_prob, prepared_law, "log pi of act");
    demand_same(log_prob(policy, theta, acted), log_prob(prepared, theta, acted), "log_prob");
    const Block weights = source.normals(2, s.t.size());
    const Runs all{{0}, {s.t.size()}};
    demand_same(score(policy, theta, acted, weights, all),
                score(prepared, theta, acted, weights, all), "score");
  }
}

}  // namespace seedbed::contract
