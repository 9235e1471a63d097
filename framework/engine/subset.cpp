#include "engine/subset.hpp"

#include <algorithm>

namespace seedbed {

namespace {

constexpr Rows Recording::*per_sample[] = {
    &Recording::observation,   &Recording::action,       &Recording::reward,
    &Recording::log_prob,      &Recording::state,        &Recording::policy_uniform,
    &Recording::policy_normal, &Recording::step_uniform, &Recording::step_normal};
constexpr Rows Recording::*per_episode[] = {&Recording::final_observation, &Recording::terminated,
                                            &Recording::reset_uniform, &Recording::reset_normal};

void copy(const Rows& from, std::size_t at, std::size_t count, Rows& to, std::size_t place) {
  for (std::size_t i = 0; i < from.rows(); ++i)
    std::copy_n(from.row(i) + at, count, to.row(i) + place);
}

}  // namespace

void take_episodes(const Recording& whole, std::span<const std::size_t> kept, Recording& part) {
  part.start(kept.size(), whole.theta.size());
  part.theta = whole.theta;
  part.transform = whole.transform;
  part.horizon = whole.horizon;
  part.discount = whole.discount;
  part.environment = whole.environment;
  part.policy = whole.policy;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const std::size_t e = kept[i], first = part.add(i, whole.length[e]);
    for (const auto rows : per_sample)
      copy(whole.*rows, whole.begin[e], whole.length[e], part.*rows, first);
    for (const auto rows : per_episode) copy(whole.*rows, e, 1, part.*rows, i);
    part.noise[i] = whole.noise[e];
    part.request[i] = whole.request[e];
  }
}

}  // namespace seedbed
