#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "loader/registry.hpp"
#include "proof/child.hpp"

namespace seedbed {

/// In the child process: draws a few recorded episodes of a run file by its environment, of the
/// first, the middle and the last recorded iteration, and leaves them in `folder` as JSON:
///
///   environment                  "cartpole"; without the drawing capability nothing but this
///   view                         x_low, y_low, x_high, y_high
///   observation, action          [component] {name, unit}
///   episodes                     [.] {iteration, return, steps, terminated, frames}
///   frames                       [.] {step, reward_sum, observation, action, picture}; the last
///                                one has the final observation and no action
///   picture                      [.] {kind, ink, numbers, words} (engine/picture.hpp)
///
/// Of a long episode evenly many frames. A number that is not finite is null. Throws Error.
std::vector<std::string> draw_scenes_in(const std::filesystem::path& run_file,
                                        const SearchPath& path,
                                        const std::filesystem::path& folder);

/// What came of a cell: `drawn` as above, or why there is nothing.
struct Scenes {
  std::string stage;
  std::string cell;  ///< "estimator reinforce, optimizer.step 1e-3"; "" without a sweep
  nlohmann::ordered_json drawn;
  std::string problem;
};

/// Of the first replicate of some cells of each stage in `results_h5` that recorded trajectories,
/// with its runs in `folder`. A run file that is damaged and a plugin that is missing, changed,
/// or dies while it draws are a problem, no error.
std::vector<Scenes> recorded_scenes(const std::filesystem::path& results_h5,
                                    const std::filesystem::path& folder, const ChildCommand& child);

}  // namespace seedbed
