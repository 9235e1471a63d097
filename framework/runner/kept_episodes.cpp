#include "runner/kept_episodes.hpp"

namespace seedbed {

KeptEpisodes::KeptEpisodes(const seedbed_batch& batch, std::size_t observation_size,
                           const std::vector<double>& returns, std::uint64_t first,
                           std::uint64_t every)
    : batch_(batch) {
  std::vector<std::size_t> kept;
  for (std::size_t i = (every - first % every) % every; i < batch.episodes; i += every)
    kept.push_back(i);
  for (const std::size_t i : kept) {
    begin_.push_back(batch.begin[i]);
    length_.push_back(batch.length[i]);
    noise_.push_back(batch.noise[i]);
    terminated_.push_back(batch.terminated[i]);
    returns_.push_back(returns[i]);
  }
  for (std::size_t c = 0; c < observation_size; ++c)
    for (const std::size_t i : kept)
      final_observation_.push_back(
          batch.final_observation.data[c * batch.final_observation.stride + i]);
}

EpisodeBlock KeptEpisodes::block() const {
  return {begin_.size(),      begin_.data(),
          length_.data(),     batch_.observation,
          batch_.action,      batch_.reward,
          batch_.log_prob,    {final_observation_.data(), begin_.size()},
          terminated_.data(), returns_.data(),
          noise_.data()};
}

}  // namespace seedbed
