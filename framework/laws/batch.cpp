#include "laws/batch.hpp"

#include <cstring>

#include "laws/block.hpp"

namespace seedbed::contract {
namespace {

constexpr Rows Recording::*arrays[] = {
    &Recording::observation,       &Recording::action,       &Recording::reward,
    &Recording::log_prob,          &Recording::state,        &Recording::policy_uniform,
    &Recording::policy_normal,     &Recording::step_uniform, &Recording::step_normal,
    &Recording::final_observation, &Recording::terminated,   &Recording::reset_uniform,
    &Recording::reset_normal};

bool same_bits(const Rows& a, const Rows& b) {
  for (std::size_t i = 0; i < a.rows(); ++i)
    if (std::memcmp(a.row(i), b.row(i), a.size() * sizeof(double)) != 0) return false;
  return true;
}

}  // namespace

Recording stored_otherwise(const Recording& recording) {
  Recording other = recording;
  const std::size_t N = recording.begin.size();
  other.start(N, recording.theta.size());
  for (std::size_t k = 0; k < N; ++k) {
    const std::size_t i = k % 2 ? k / 2 : N - 1 - k / 2;  // the last, the first, the last but one
    other.copy(i, recording, i);
  }
  other.noise = recording.noise;
  other.request = recording.request;
  other.theta = recording.theta;
  other.transform = recording.transform;
  return other;
}

void demand_unwritten(const Recording& before, const Recording& after, const std::string& who) {
  for (const auto rows : arrays)
    demand(same_bits(before.*rows, after.*rows), "inputs are not written",
           who + " wrote the batch");
  demand(before.begin == after.begin && before.length == after.length && before.t == after.t &&
             before.noise == after.noise && before.request == after.request &&
             before.theta == after.theta && before.transform == after.transform,
         "inputs are not written", who + " wrote the indices of the batch");
}

Recording with_other_rewards(const Recording& recording, std::size_t i) {
  Recording other = recording;
  for (std::uint64_t k = 0; k < recording.length[i]; ++k)
    other.reward.row(0)[recording.begin[i] + k] += 1.0 + static_cast<double>(k);
  return other;
}

Recording with_other_rewards(const Recording& recording) {
  Recording other = recording;
  for (std::size_t i = 0; i < recording.begin.size(); ++i) other = with_other_rewards(other, i);
  return other;
}

}  // namespace seedbed::contract
