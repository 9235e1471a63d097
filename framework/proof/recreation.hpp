#pragma once
#include <cstdint>
#include <vector>

#include "engine/configuration.hpp"
#include "engine/noise.hpp"
#include "proof/episode.hpp"

namespace seedbed {

/// theta of a learn run as its file keeps it.
struct Checkpoint {
  std::uint64_t iteration = 0;  ///< Updates that were made before it.
  std::vector<double> theta;
};

/// An episode that was made again, and what that took.
struct Recreation {
  Episode episode;
  ComponentNames observation, action;
  bool antithetic = false;           ///< It mirrors its noise.
  std::uint64_t from_iteration = 0;  ///< Where theta was taken from: the start, or a checkpoint.
  std::uint64_t iterations = 0;      ///< That had to be run, whole.
};

/// Rolls out one episode from its noise and the theta of its iteration, alone, where its estimator
/// draws plain batches; where it plans them, the whole batch of its iteration is drawn.
///
/// Between checkpoints theta is made again by running the iterations from the last checkpoint
/// before; from the start, where the optimizer or the estimator carries a state, which no run file
/// keeps. A gradient or an evaluate stage takes no iteration, but for estimators that plan batches
/// by what they have seen. Throws Error.
Recreation recreate(const Configuration& configuration, const Noise& noise,
                    const EpisodePlace& place, const std::vector<Checkpoint>& checkpoints);

}  // namespace seedbed
