#include "backward_pass.hpp"

#include <algorithm>
#include <seedbed/capability.hpp>

namespace seedbed {
namespace {

seedbed_environment_info describe_environment(const seedbed_component& environment) {
  seedbed_environment_info info{};
  static_cast<const seedbed_environment*>(environment.functions)->describe(environment.self, &info);
  return info;
}

seedbed_policy_info describe_policy(const seedbed_component& policy) {
  seedbed_policy_info info{};
  static_cast<const seedbed_policy*>(policy.functions)->describe(policy.self, &info);
  return info;
}

Out block(std::size_t rows, Scratch& scratch) {
  return {scratch.take(std::max<std::size_t>(rows, 1) * BackwardPass::capacity),
          BackwardPass::capacity};
}

seedbed_in in(Out block) {
  return {block.data, block.stride};
}

}  // namespace

BackwardPass::BackwardPass(const Batch& batch, const double* theta, Scratch& scratch)
    : batch_(batch),
      theta_(theta),
      power_(discounts(batch.discount(), batch.horizon(), scratch)),
      scratch_(&scratch),
      step_(&capability<seedbed_environment_pathwise>(*batch.raw().environment,
                                                      SEEDBED_ENVIRONMENT_PATHWISE)),
      act_(&capability<seedbed_policy_pathwise>(*batch.raw().policy, SEEDBED_POLICY_PATHWISE)),
      sample_(scratch.take_indices(capacity)),
      t_(reinterpret_cast<std::int64_t*>(scratch.take_indices(capacity))),
      reward_bar_(scratch.take(capacity)),
      environment_(describe_environment(*batch.raw().environment)),
      policy_(describe_policy(*batch.raw().policy)),
      state_(rows(environment_.state_size, batch.raw().state)),
      action_(rows(environment_.action->size, batch.raw().action)),
      observation_(rows(environment_.observation->size, batch.raw().observation)),
      policy_uniform_(rows(policy_.uniforms, batch.raw().policy_uniform)),
      policy_normal_(rows(policy_.normals, batch.raw().policy_normal)),
      uniform_(rows(environment_.step_uniforms, batch.raw().step_uniform)),
      normal_(rows(environment_.step_normals, batch.raw().step_normal)),
      state_bar_(block(environment_.state_size, scratch)),
      next_state_bar_(block(environment_.state_size, scratch)),
      observation_bar_(block(environment_.observation->size, scratch)),
      action_bar_(block(environment_.action->size, scratch)) {}

BackwardPass::Rows BackwardPass::rows(std::size_t count, seedbed_in source) {
  return {count, source, block(count, *scratch_)};
}

void BackwardPass::clear_bars(std::size_t count) {
  for (std::size_t i = 0; i < environment_.state_size; ++i)
    std::fill_n(next_state_bar_.row(i), count, 0.0);
  for (std::size_t i = 0; i < environment_.observation->size; ++i)
    std::fill_n(observation_bar_.row(i), count, 0.0);
}

void BackwardPass::gather(std::size_t count, std::int64_t t) {
  for (const Rows* rows :
       {&state_, &action_, &observation_, &policy_uniform_, &policy_normal_, &uniform_, &normal_})
    for (std::size_t i = 0; i < rows->rows; ++i)
      for (std::size_t j = 0; j < count; ++j) rows->block(i, j) = rows->source(i, sample_[j]);
  std::fill_n(t_, count, t);
}

/// For t = H-1 .. 0, with o_bar and s_bar by what step t made:
///
///   s_bar_t, a_bar_t = step_bar(s_bar_{t+1}, o_bar_{t+1}, gamma^t)        o_bar_t =
///   act_bar(a_bar_t)
void BackwardPass::run(std::size_t first, std::size_t count, Out action_bar) {
  const seedbed_batch& b = batch_.raw();
  const std::uint64_t* length = b.length + first;
  const std::uint64_t longest = *std::max_element(length, length + count);
  clear_bars(count);
  for (std::size_t t = longest; t-- > 0;) {
    for (std::size_t j = 0; j < count; ++j) {
      sample_[j] = b.begin[first + j] + std::min<std::uint64_t>(t, length[j] - 1);
      reward_bar_[j] = t < length[j] ? power_[t] : 0.0;
    }
    gather(count, static_cast<std::int64_t>(t));
    const std::uint64_t mark = scratch_->mark();
    seedbed_message message{};
    must(step_->pull_back(b.environment->self, count, in(state_.block), in(action_.block),
                          in(uniform_.block), in(normal_.block), in(next_state_bar_),
                          in(observation_bar_), reward_bar_, state_bar_, action_bar_,
                          scratch_->raw(), &message),
         *b.environment, message);
    must(act_->pull_back(b.policy->self, theta_, count, t_, in(observation_.block),
                         in(policy_uniform_.block), in(policy_normal_.block), in(action_bar_),
                         observation_bar_, scratch_->raw(), &message),
         *b.policy, message);
    scratch_->release(mark);
    std::swap(state_bar_.data, next_state_bar_.data);
    for (std::size_t i = 0; i < action_.rows; ++i)
      for (std::size_t j = 0; j < count; ++j)
        if (t < length[j]) action_bar(i, sample_[j]) = action_bar_(i, j);
  }
}

void BackwardPass::to_theta(std::size_t first, std::size_t count, In action_bar, double* G) {
  const seedbed_batch& b = batch_.raw();
  const seedbed_segments segments{count, b.begin + first, b.length + first};
  const std::uint64_t mark = scratch_->mark();
  seedbed_message message{};
  must(act_->pull_back_to_theta(b.policy->self, theta_, b.samples, b.t, b.observation,
                                b.policy_uniform, b.policy_normal, action_bar, &segments, G,
                                scratch_->raw(), &message),
       *b.policy, message);
  scratch_->release(mark);
}

}  // namespace seedbed
