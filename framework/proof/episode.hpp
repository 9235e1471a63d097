#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/episodes.hpp"

namespace seedbed {

class Reader;

/// Which episode of a run: its place in the file and the name of its noise.
struct EpisodePlace {
  std::uint64_t iteration = 0;
  std::uint64_t position = 0;        ///< In the batch of the iteration.
  std::uint64_t noise = 0;           ///< Name of the noise; of a plain batch its position.
  std::optional<std::uint64_t> row;  ///< In /trajectories; nothing: it was not recorded.
};

/// One trajectory, step after step; rewards and returns as the environment gives them.
struct Episode {
  std::vector<double> observation, action;  ///< [step][component]
  std::vector<double> reward, log_prob;     ///< [step]
  std::vector<double> final_observation;    ///< [component]
  double episode_return = 0.0;              ///< Discounted.
  bool terminated = false;
};

/// Where episode `row` of /trajectories lies. Throws Error (exit 2) when nothing was recorded or
/// there are not so many.
EpisodePlace place_of_row(const Reader& file, std::uint64_t row);
/// The same of an episode by its position in an iteration; its row where it was recorded.
EpisodePlace place_of_position(const Reader& file, std::uint64_t iteration, std::uint64_t position);

Episode read_episode(const Reader& file, std::uint64_t row);

/// The first number in which two episodes differ, bit for bit, in the order of time:
/// "step 3, observation x_dot: -0.25 against -0.5"; nothing when there is none.
std::optional<std::string> first_difference(const Episode& a, const Episode& b,
                                            const ComponentNames& observation,
                                            const ComponentNames& action);

}  // namespace seedbed
