#pragma once
#include <cstdint>
#include <vector>

#include "store/episodes.hpp"

namespace seedbed {

/// Every k-th episode of a batch, as the store takes it. It must outlive the blocks.
class KeptEpisodes {
 public:
  /// Episode i of the batch has the number first + i; kept are the multiples of `every` > 0.
  KeptEpisodes(const seedbed_batch& batch, std::size_t observation_size,
               const std::vector<double>& returns, std::uint64_t first, std::uint64_t every);
  EpisodeBlock block() const;

 private:
  const seedbed_batch& batch_;
  std::vector<std::uint64_t> begin_, length_, noise_;
  std::vector<double> terminated_, returns_;
  std::vector<double> final_observation_;  ///< [observation][kept]
};

}  // namespace seedbed
