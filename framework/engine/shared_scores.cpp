#include "engine/shared_scores.hpp"

#include <algorithm>

#include "engine/call.hpp"
#include "engine/collector.hpp"

namespace seedbed {

namespace {

constexpr std::size_t block_numbers = 1 << 15;  // of one weighting, 256 KiB

}  // namespace

const seedbed_estimator_weights* weights_of(const Instance& estimator) {
  return static_cast<const seedbed_estimator_weights*>(
      estimator.plugin().capability(SEEDBED_ESTIMATOR_WEIGHTS));
}

std::vector<Estimate> SharedScores::estimates(const std::vector<Weighting>& weightings,
                                              const Instance& policy, const seedbed_batch& batch,
                                              const std::vector<double>& theta, Arena& arena) {
  const std::size_t K = weightings.size(), N = batch.episodes, d = theta.size();
  const std::size_t block = std::clamp<std::size_t>(block_numbers / d, 1, N);
  weights_.resize(std::max(weights_.size(), K * batch.samples));
  g_.resize(std::max(g_.size(), K * block * d));
  std::vector<Collector> collectors;
  for (std::size_t k = 0; k < K; ++k) {
    const auto& [estimator, state, keep_contributions] = weightings[k];
    collectors.emplace_back(d, keep_contributions);
    call(estimator, "weights", [&](seedbed_message* message) {
      return weights_of(estimator)->weights(estimator.self(), &batch, theta.data(), state.data(),
                                            weights_.data() + k * batch.samples, arena.fresh(),
                                            message);
    });
  }
  for (std::size_t first = 0; first < N; first += block) {
    const std::size_t count = std::min(block, N - first);
    const seedbed_segments segments{count, batch.begin + first, batch.length + first};
    call(policy, "score", [&](seedbed_message* message) {
      return policy.functions<seedbed_policy>().score(
          policy.self(), theta.data(), batch.samples, batch.t, batch.observation, batch.action, K,
          {weights_.data(), batch.samples}, &segments, g_.data(), arena.fresh(), message);
    });
    for (std::size_t k = 0; k < K; ++k) collectors[k].add(first, count, g_.data() + k * count * d);
  }
  std::vector<Estimate> estimates;
  for (std::size_t k = 0; k < K; ++k)
    estimates.push_back(collectors[k].result(weightings[k].estimator));
  return estimates;
}

}  // namespace seedbed
