#pragma once
#include <memory>
#include <seedbed/math.hpp>
#include <string>

#include "contract/setting.hpp"
#include "engine/decision_problem.hpp"
#include "engine/sampler.hpp"
#include "oracle/certificate.hpp"

namespace seedbed {

/// A process of a handful of trajectories under a tabular softmax at a fixed theta, on which tests
/// certify the estimators that they name.
class SmallProcess {
 public:
  /// `transitions`: the text of a model of environment 'tabular'. `episodes`: the N of a suite,
  /// for estimators that plan.
  SmallProcess(const std::string& transitions, const Objective& objective,
               const std::vector<double>& theta, std::uint64_t episodes = 0)
      : problem_(
            std::make_unique<DecisionProblem>(configuration(transitions, objective, episodes))),
        arena_(std::make_unique<Arena>()),
        finite_(std::make_unique<FiniteProcess>(problem_->environment(), problem_->policy(),
                                                objective, theta, *arena_)) {}

  EstimatorInUse estimator(const Setting& setting) const { return {setting, *problem_}; }
  /// `toml`: its parameters, such as `baseline = "leave-one-out"`.
  EstimatorInUse estimator(const std::string& name, const std::string& toml = "") const {
    return estimator(contract::setting(SEEDBED_ESTIMATOR, name, toml));
  }

  /// Exact moments of the estimate from N trajectories.
  Certificate certify(const EstimatorInUse& e, std::size_t N) const {
    return seedbed::certify(e.instance, *finite_, N, e.state, *arena_);
  }
  Certificate certify(const std::string& name, const std::string& toml, std::size_t N) const {
    return certify(estimator(name, toml), N);
  }
  /// Exact moments of one contribution.
  Certificate certify_contribution(const std::string& name, const std::string& toml = "") const {
    const EstimatorInUse e = estimator(name, toml);
    return seedbed::certify_contribution(e.instance, *finite_, e.state, *arena_);
  }

  const FiniteProcess& finite() const { return *finite_; }
  const DecisionProblem& problem() const { return *problem_; }
  Arena& arena() const { return *arena_; }

 private:
  static Configuration configuration(const std::string& transitions, const Objective& objective,
                                     std::uint64_t episodes) {
    Configuration c;
    c.episodes = episodes;
    c.objective = objective;
    c.environment = contract::setting(SEEDBED_ENVIRONMENT, "tabular",
                                      "transitions = '''\n" + transitions + "'''");
    c.policy = contract::setting(SEEDBED_POLICY, "tabular-softmax");
    return c;
  }

  std::unique_ptr<DecisionProblem> problem_;
  std::unique_ptr<Arena> arena_;
  std::unique_ptr<FiniteProcess> finite_;
};

/// D2 of the design's constants: two states, two actions, no early end.
inline SmallProcess two_states(std::uint64_t horizon, double discount = 0.9,
                               std::uint64_t episodes = 0) {
  return {
      "state,action,probability,next_state,reward,terminated\n"
      "start,,0.5,0,,\n"
      "start,,0.5,1,,\n"
      "0,0,0.7,0,-0.45,0\n"
      "0,0,0.3,1,-0.45,0\n"
      "0,1,0.99,0,-0.1,0\n"
      "0,1,0.01,1,-0.1,0\n"
      "1,0,0.2,0,0.5,0\n"
      "1,0,0.8,1,0.5,0\n"
      "1,1,0.99,0,0.5,0\n"
      "1,1,0.01,1,0.5,0\n",
      {horizon, discount},
      {0.5, -0.5, 0.0, 0.3},
      episodes};
}

/// Two states; ends after some actions, surely or by chance, so that trajectories are ragged.
inline SmallProcess ending(std::uint64_t horizon, double discount = 0.9,
                           std::uint64_t episodes = 0) {
  return {
      "state,action,probability,next_state,reward,terminated\n"
      "start,,0.75,0,,\n"
      "start,,0.25,1,,\n"
      "0,0,0.5,0,1,0\n"
      "0,0,0.5,1,-1,0\n"
      "0,1,0.6,1,0.25,0\n"
      "0,1,0.4,1,2,1\n"
      "1,0,1,0,-0.5,0\n"
      "1,1,1,0,3,1\n",
      {horizon, discount},
      {0.5, -0.5, 0.0, 0.3},
      episodes};
}

/// Two arms; p = pi(1), theta = (0, log p/(1-p)).
inline SmallProcess bandit(double p, double r_0, double r_1, std::uint64_t episodes = 0) {
  return {
      "state,action,probability,next_state,reward,terminated\n"
      "start,,1,0,,\n"
      "0,0,1,0," +
          std::to_string(r_0) + ",1\n" + "0,1,1,0," + std::to_string(r_1) + ",1\n",
      {1, 1.0},
      {0.0, math::log(p / (1.0 - p))},
      episodes};
}

}  // namespace seedbed
