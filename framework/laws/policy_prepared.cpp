#include <algorithm>
#include <numeric>
#include <seedbed/policy_under.hpp>

#include "engine/aligned.hpp"
#include "engine/call.hpp"
#include "laws/policy.hpp"

namespace seedbed::contract {
namespace {

constexpr const char* law = "a prepared policy gives the same bits";

/// The policy under theta, in memory of its own with a guard behind.
class Prepared {
 public:
  Prepared(const Instance& policy, const Theta& theta)
      : policy_(policy), theta_(theta), under_(policy.component()) {
    constexpr double guard = 12345.0;
    memory_.resize(under_.size() + 1, guard);
    const Theta before = theta;
    call(policy, "prepare", [&](seedbed_message* message) {
      return under_.prepare(theta.data(), memory_.data(), message);
    });
    demand(theta == before, "inputs are not written", "prepare wrote theta");
    demand(memory_.back() == guard, "nothing beyond the outputs is written", "prepare did");
  }

  Acted act(const Situation& s, std::size_t actions) const {
    Acted acted{s.t, s.observation, Block(actions, s.t.size()), Block(1, s.t.size())};
    Scrambled scratch;
    call(policy_, "act", [&](seedbed_message* message) {
      return under_.functions().act(under_.self(), theta_.data(), s.t.size(), s.t.data(),
                                    s.observation, s.uniform, s.normal, acted.action,
                                    acted.log_prob.row(0), scratch.fresh(), message);
    });
    return acted;
  }
  std::vector<double> log_prob(const Acted& acted) const {
    std::vector<double> log_pi(acted.t.size());
    Scrambled scratch;
    call(policy_, "log_prob", [&](seedbed_message* message) {
      return under_.functions().log_prob(under_.self(), theta_.data(), acted.t.size(),
                                         acted.t.data(), acted.observation, acted.action,
                                         log_pi.data(), scratch.fresh(), message);
    });
    return log_pi;
  }
  /// One segment of all samples.
  std::vector<double> score(const Acted& acted, const Block& weights) const {
    std::vector<double> G(weights.rows() * theta_.size());
    const std::uint64_t begin = 0, length = acted.t.size();
    const seedbed_segments all{1, &begin, &length};
    Scrambled scratch;
    call(policy_, "score", [&](seedbed_message* message) {
      return under_.functions().score(under_.self(), theta_.data(), acted.t.size(), acted.t.data(),
                                      acted.observation, acted.action, weights.rows(), weights,
                                      &all, G.data(), scratch.fresh(), message);
    });
    return G;
  }

 private:
  const Instance& policy_;
  const Theta& theta_;
  PolicyUnder under_;
  AlignedDoubles memory_;
};

void demand_same(const std::vector<double>& expected, const std::vector<double>& got,
                 const char* what) {
  const auto block = [](const std::vector<double>& numbers) {
    Block row(1, numbers.size());
    std::copy(numbers.begin(), numbers.end(), row.row(0));
    return row;
  };
  demand_same(block(expected), block(got), law, what);
}

}  // namespace

void policy_prepared_laws(const PolicyTrial& trial) {
  const Instance& policy = trial.policy;
  Source source(trial.seed + 8);
  for (const double scale : {0.0, 1.0}) {
    const Theta theta = theta_of(trial, scale);
    const Situation s = nasty_situation(trial);
    const Prepared prepared(policy, theta);
    const Acted acted = act(trial, theta, s);
    const Acted got = prepared.act(s, acted.action.rows());
    demand_same(acted.action, got.action, law, "action of act");
    demand_same(acted.log_prob, got.log_prob, law, "log pi of act");
    demand_same(log_prob(policy, theta, acted), prepared.log_prob(acted), "log_prob");
    const Block weights = source.normals(2, s.t.size());
    demand_same(score(policy, theta, acted, weights, {{0}, {s.t.size()}}),
                prepared.score(acted, weights), "score");
  }
}

}  // namespace seedbed::contract
