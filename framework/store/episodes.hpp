#pragma once
#include <seedbed/plugin.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "store/declaration.hpp"

namespace seedbed {

/// The components of an observation or an action: one name and one unit ("" where none) each, and
/// where they lie: 0 .. count-1 when `count` is not 0 (discrete), else low .. high, which may be
/// infinite; both empty: not known.
struct ComponentNames {
  std::vector<std::string> names, units;
  std::uint64_t count = 0;
  std::vector<double> low{}, high{};
};

/// Whole episodes as the engine has them (seedbed_batch): component c of sample j is
/// observation.data[c*stride + j]; episode i is the samples begin[i] .. begin[i]+length[i]-1, in
/// any order of episodes. Pointers are read during append() only.
struct EpisodeBlock {
  std::uint64_t episodes = 0;
  const std::uint64_t *begin = nullptr, *length = nullptr;  ///< [episodes]
  seedbed_in observation{}, action{};                       ///< [.][samples]
  const double *reward = nullptr, *log_prob = nullptr;      ///< [samples]
  seedbed_in final_observation{};                           ///< [.][episodes]
  const double* terminated = nullptr;                       ///< [episodes] 1 or 0
  const double* episode_return = nullptr;                   ///< [episodes]
  const std::uint64_t* noise = nullptr;                     ///< [episodes]
};

/// /trajectories of a run file: CF contiguous ragged arrays, one row per step.
class Trajectories {
 public:
  Trajectories(Writer& writer, const ComponentNames& observation, const ComponentNames& action);
  static Declarations datasets();

  void append(std::int64_t iteration, const EpisodeBlock& block);
  /// That its rows take.
  std::size_t bytes(const EpisodeBlock& block) const;

  /// Steps and episodes so far, and when other files hold the first of them.
  std::int64_t steps() const { return steps_; }
  std::int64_t episodes() const { return episodes_; }
  void go_on_from(std::int64_t steps, std::int64_t episodes) {
    steps_ = steps;
    episodes_ = episodes;
  }

 private:
  void declare_steps(const ComponentNames& observation, const ComponentNames& action);
  void declare_episodes();
  void append_steps(const EpisodeBlock& block);
  void append_episodes(std::int64_t iteration, const EpisodeBlock& block);

  Writer* writer_;
  std::size_t observation_size_, action_size_;
  struct {
    Writer::Growth step, observation, action, reward, log_prob;
  } of_step_{};
  struct {
    Writer::Growth episode, row_size, iteration, terminated, truncated, final_observation,
        episode_return, noise_episode;
  } of_episode_{};
  std::int64_t steps_ = 0, episodes_ = 0;
};

/// Rows (step, component) of the episodes in their order, from component-major samples.
std::vector<double> gather(const EpisodeBlock& block, seedbed_in samples, std::size_t components);

}  // namespace seedbed
