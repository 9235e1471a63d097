#include "oracle/finite_process.hpp"

#include <seedbed/error.hpp>
#include <string>

#include "engine/call.hpp"

namespace seedbed {

namespace {

seedbed_tabular_model tabular_model_of(const Instance& environment) {
  const void* functions = environment.plugin().capability(SEEDBED_ENVIRONMENT_TABULAR);
  if (!functions)
    throw Error(environment.plugin().title() + ": expected a tabular model, got none");
  seedbed_tabular_model model{};
  static_cast<const seedbed_tabular*>(functions)->model(environment.self(), &model);
  return model;
}

const seedbed_enumerate& enumerate_of(const Instance& policy) {
  const void* functions = policy.plugin().capability(SEEDBED_POLICY_ENUMERATE);
  if (!functions)
    throw Error(policy.plugin().title() + ": expected a policy that lists its actions");
  return *static_cast<const seedbed_enumerate*>(functions);
}

}  // namespace

bool FiniteProcess::supports(const Instance& environment, const Instance& policy) {
  return environment.plugin().capability(SEEDBED_ENVIRONMENT_TABULAR) &&
         policy.plugin().capability(SEEDBED_POLICY_ENUMERATE);
}

FiniteProcess::FiniteProcess(const Instance& environment, const Instance& policy,
                             const Objective& objective, const std::vector<double>& theta,
                             Arena& arena)
    : environment_(&environment),
      policy_(&policy),
      theta_(theta),
      problem_{tabular_model_of(environment), {}, objective.horizon, objective.discount} {
  const seedbed_tabular_model& m = model();
  if (const auto actions = enumerate_of(policy).actions(policy.self()); actions != m.actions)
    throw Error(policy.plugin().title() + ": expected " + std::to_string(m.actions) +
                " actions, got " + std::to_string(actions));
  seedbed_environment_info about{};
  environment.functions<seedbed_environment>().describe(environment.self(), &about);
  observation_size_ = about.observation->size;

  const std::size_t n = problem_.horizon * m.states * m.actions;
  t_.resize(n);
  observation_.resize(observation_size_ * n);
  action_.resize(n);
  for (std::size_t t = 0, j = 0; t < problem_.horizon; ++t)
    for (std::size_t s = 0; s < m.states; ++s)
      for (std::size_t a = 0; a < m.actions; ++a, ++j) {
        t_[j] = static_cast<std::int64_t>(t);
        action_[j] = static_cast<double>(a);
        for (std::size_t i = 0; i < observation_size_; ++i)
          observation_[i * n + j] = m.observation.data[i * m.observation.stride + s];
      }
  tabulate_policy(arena);
}

void FiniteProcess::tabulate_policy(Arena& arena) {
  const std::size_t n = t_.size(), A = model().actions;
  std::vector<double> p(A * n);  // of every sample, though samples of one (t, s) agree
  log_pi_.resize(n);
  const seedbed_in observation{observation_.data(), n}, action{action_.data(), n};
  call(*policy_, "probabilities", [&](seedbed_message* message) {
    return enumerate_of(*policy_).probabilities(policy_->self(), theta_.data(), n, t_.data(),
                                                observation, seedbed_out{p.data(), n},
                                                arena.fresh(), message);
  });
  call(*policy_, "log_prob", [&](seedbed_message* message) {
    return policy_->functions<seedbed_policy>().log_prob(policy_->self(), theta_.data(), n,
                                                         t_.data(), observation, action,
                                                         log_pi_.data(), arena.fresh(), message);
  });
  problem_.pi.resize(n);
  for (std::size_t j = 0; j < n; ++j) problem_.pi[j] = p[(j % A) * n + j];
}

std::vector<double> FiniteProcess::weighted_score(const std::vector<double>& weight,
                                                  Arena& arena) const {
  const std::uint64_t n = t_.size(), first = 0;
  const seedbed_segments all{1, &first, &n};
  std::vector<double> G(theta_.size(), 0.0);
  call(*policy_, "score", [&](seedbed_message* message) {
    return policy_->functions<seedbed_policy>().score(
        policy_->self(), theta_.data(), n, t_.data(), seedbed_in{observation_.data(), n},
        seedbed_in{action_.data(), n}, 1, seedbed_in{weight.data(), n}, &all, G.data(),
        arena.fresh(), message);
  });
  return G;
}

}  // namespace seedbed
