#include "engine/score_covariance.hpp"

#include <algorithm>

#include "engine/call.hpp"

namespace seedbed {

ScoreCovariance::ScoreCovariance(const Instance& policy, std::vector<double> theta)
    : policy_(policy), theta_(std::move(theta)) {
  if (theta_.size() <= most_parameters) sum_.assign(theta_.size() * theta_.size(), 0.0);
}

void ScoreCovariance::add(const seedbed_batch& batch, Arena& arena) {
  if (sum_.empty() || trajectories_ >= enough) return;
  const std::size_t d = theta_.size();
  const std::uint64_t count = std::min(batch.episodes, enough - trajectories_);
  const std::vector<double> one(batch.samples, 1.0);
  std::vector<double> Z(count * d);
  const seedbed_segments segments{count, batch.begin, batch.length};
  call(policy_, "score", [&](seedbed_message* message) {
    return policy_.functions<seedbed_policy>().score(
        policy_.self(), theta_.data(), batch.samples, batch.t, batch.observation, batch.action, 1,
        {one.data(), batch.samples}, &segments, Z.data(), arena.fresh(), message);
  });
  for (std::uint64_t e = 0; e < count; ++e)
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j < d; ++j) sum_[i * d + j] += Z[e * d + i] * Z[e * d + j];
  trajectories_ += count;
}

std::vector<double> ScoreCovariance::matrix() const {
  if (trajectories_ == 0) return {};
  std::vector<double> F = sum_;
  for (double& entry : F) entry /= static_cast<double>(trajectories_);
  return F;
}

}  // namespace seedbed
