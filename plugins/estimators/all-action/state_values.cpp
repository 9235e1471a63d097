#include "state_values.hpp"

#include <algorithm>
#include <numeric>
#include <seedbed/capability.hpp>
#include <seedbed/components.hpp>

namespace seedbed {

StateValues::StateValues(const Batch& batch, const double* theta, Scratch& scratch) {
  const seedbed_component& environment = *batch.raw().environment;
  capability<seedbed_tabular>(environment, SEEDBED_ENVIRONMENT_TABULAR)
      .model(environment.self, &model_);
  seedbed_environment_info info{};
  static_cast<const seedbed_environment*>(environment.functions)->describe(environment.self, &info);
  S_ = model_.states;
  A_ = model_.actions;
  observations_ = info.observation->size;
  order_.resize(S_);
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  const In shown = model_.observation;
  std::sort(order_.begin(), order_.end(),
            [&](std::size_t i, std::size_t j) { return less(shown, i, shown, j); });
  for (std::size_t k = 1; k < S_; ++k)
    if (!less(shown, order_[k - 1], shown, order_[k]))
      throw Error("expected states that their observations tell apart, got " +
                      std::to_string(order_[k - 1]) + " and " + std::to_string(order_[k]) +
                      " that look alike",
                  Exit::tasks_failed);
  tabulate_policy(batch, theta, scratch);
  recurse(batch, scratch);
}

void StateValues::tabulate_policy(const Batch& batch, const double* theta, Scratch& scratch) {
  const seedbed_component& policy = *batch.raw().policy;
  const auto& enumerate = capability<seedbed_enumerate>(policy, SEEDBED_POLICY_ENUMERATE);
  if (const auto actions = enumerate.actions(policy.self); actions != A_)
    throw Error(
        "expected a policy of " + std::to_string(A_) + " actions, got " + std::to_string(actions),
        Exit::tasks_failed);
  pi_ = scratch.take(batch.horizon() * S_ * A_);
  const Out p(scratch.take(A_ * S_), S_);
  auto* step = reinterpret_cast<std::int64_t*>(scratch.take_indices(S_));
  for (std::size_t t = 0; t < batch.horizon(); ++t) {
    std::fill_n(step, S_, static_cast<std::int64_t>(t));
    seedbed_message message{};
    const std::uint64_t mark = scratch.mark();
    must(enumerate.probabilities(policy.self, theta, S_, step, model_.observation, p, scratch.raw(),
                                 &message),
         policy, message);
    scratch.release(mark);
    for (std::size_t s = 0; s < S_; ++s)
      for (std::size_t a = 0; a < A_; ++a) pi_[(t * S_ + s) * A_ + a] = p(a, s);
  }
}

void StateValues::recurse(const Batch& batch, Scratch& scratch) {
  Q_ = scratch.take(batch.horizon() * S_ * A_);
  double* V = scratch.take(S_);
  std::fill_n(V, S_, 0.0);
  for (std::size_t t = batch.horizon(); t-- > 0;) {
    double* Q = Q_ + t * S_ * A_;
    const double* pi = pi_ + t * S_ * A_;
    std::fill_n(Q, S_ * A_, 0.0);
    for (std::size_t i = 0; i < model_.rows; ++i) {
      const double following = (1.0 - model_.terminated[i]) * V[model_.next[i]];
      Q[model_.state[i] * A_ + model_.action[i]] +=
          model_.probability[i] * (model_.reward[i] + batch.discount() * following);
    }
    std::fill_n(V, S_, 0.0);
    for (std::size_t k = 0; k < S_ * A_; ++k) V[k / A_] += pi[k] * Q[k];
  }
}

bool StateValues::less(In x, std::size_t i, In y, std::size_t j) const {
  for (std::size_t k = 0; k < observations_; ++k)
    if (x(k, i) != y(k, j)) return x(k, i) < y(k, j);
  return false;
}

std::size_t StateValues::state_of(In observation, std::size_t j) const {
  const In shown = model_.observation;
  const auto at = std::lower_bound(
      order_.begin(), order_.end(), j,
      [&](std::size_t s, std::size_t sample) { return less(shown, s, observation, sample); });
  if (at == order_.end() || less(observation, j, shown, *at))
    throw Error("expected an observation of the model, got one that no state of it shows",
                Exit::tasks_failed);
  return *at;
}

}  // namespace seedbed
