#include "oracle/step_scores.hpp"

#include <numeric>

#include "engine/call.hpp"

namespace seedbed {

StepScores::StepScores(const FiniteProcess& process, std::size_t t, Arena& arena)
    : actions_(process.model().actions), begin_{0} {
  const seedbed_in seen = process.model().observation;
  const std::size_t n = process.model().states * actions_, d = process.theta().size();
  const std::vector<std::int64_t> step(n, static_cast<std::int64_t>(t));
  std::vector<double> observation(process.observation_size() * n), action(n), G(n * d, 0.0);
  std::vector<std::uint64_t> first(n);
  std::iota(first.begin(), first.end(), std::uint64_t{0});
  for (std::size_t k = 0; k < n; ++k) {
    action[k] = static_cast<double>(k % actions_);
    for (std::size_t i = 0; i < process.observation_size(); ++i)
      observation[i * n + k] = seen.data[i * seen.stride + k / actions_];
  }
  const std::vector<double> one(n, 1.0);
  const std::vector<std::uint64_t> length(n, 1);
  const seedbed_segments each{n, first.data(), length.data()};
  const Instance& policy = process.policy();
  call(policy, "score", [&](seedbed_message* message) {
    return policy.functions<seedbed_policy>().score(
        policy.self(), process.theta().data(), n, step.data(), seedbed_in{observation.data(), n},
        seedbed_in{action.data(), n}, 1, seedbed_in{one.data(), n}, &each, G.data(), arena.fresh(),
        message);
  });
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t j = 0; j < d; ++j)
      if (G[k * d + j] != 0.0) entries_.push_back({j, G[k * d + j]});
    begin_.push_back(entries_.size());
  }
}

}  // namespace seedbed
