#pragma once
#include <seedbed/plugin.h>

#include <vector>

#include "contract/setting.hpp"
#include "engine/arena.hpp"
#include "engine/call.hpp"
#include "engine/instance.hpp"
#include "engine/recording.hpp"

namespace seedbed {

/// Three trajectories of 3, 1 and 2 steps that lie in memory as 2, 0, 1, and a target at each step:
///
///   trajectory 0: 1 2 3      trajectory 1: 10      trajectory 2: 4 6
struct RaggedTargets {
  Recording recording{BatchShape{1, 1}};
  std::vector<double> value{4, 6, 1, 2, 3, 10};  ///< as they lie
  std::vector<double> whole_value{1, 10, 4};
  std::vector<std::uint64_t> whole_begin{0, 1, 2}, whole_length{1, 1, 1}, whole_sample;
  std::vector<std::int64_t> whole_t{0, 0, 0};
  seedbed_batch batch;
  seedbed_targets per_step, whole;

  RaggedTargets() {
    recording.start(3, 1);
    recording.horizon = 3;
    recording.add(2, 2);
    recording.add(0, 3);
    recording.add(1, 1);
    batch = recording.view();
    whole_sample = recording.begin;
    per_step = {6, batch.begin, batch.length, batch.t, nullptr, value.data(), 3};
    whole = {3,
             whole_begin.data(),
             whole_length.data(),
             whole_t.data(),
             whole_sample.data(),
             whole_value.data(),
             1};
  }
  RaggedTargets(const RaggedTargets&) = delete;

  /// The batch and its targets with trajectory 1 (one step) alone; `targets` is changed to match.
  seedbed_batch alone(seedbed_targets& targets) const {
    seedbed_batch one = batch;
    one.episodes = 1;
    one.begin += 1;
    one.length += 1;
    targets.begin += 1;
    targets.length += 1;
    return one;
  }
};

inline Instance baseline(const std::string& name, const std::string& toml = "") {
  seedbed_context about = contract::context();
  about.horizon = 3;
  return Instance(contract::setting(SEEDBED_BASELINE, name, toml), about);
}

inline seedbed_baseline_info describe(const Instance& baseline, std::uint64_t steps) {
  seedbed_baseline_info about{};
  baseline.functions<seedbed_baseline>().describe(baseline.self(), steps, &about);
  return about;
}

/// b, one per target as they lie; the values at final observations follow, one per episode.
inline std::vector<double> values(const Instance& baseline, const seedbed_batch& batch,
                                  const seedbed_targets& targets,
                                  const std::vector<double>& state = {}) {
  Arena arena;
  std::vector<double> b(targets.count + batch.episodes, -99.0);
  call(baseline, "values", [&](seedbed_message* message) {
    return baseline.functions<seedbed_baseline>().values(
        baseline.self(), &batch, &targets, state.data(), b.data(), b.data() + targets.count,
        arena.fresh(), message);
  });
  return b;
}

inline void commit(const Instance& baseline, const seedbed_batch& batch,
                   const seedbed_targets& targets, std::vector<double>& state) {
  Arena arena;
  call(baseline, "commit", [&](seedbed_message* message) {
    return baseline.functions<seedbed_baseline>().commit(baseline.self(), &batch, &targets,
                                                         state.data(), arena.fresh(), message);
  });
}

}  // namespace seedbed
