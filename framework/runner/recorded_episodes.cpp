#include "runner/recorded_episodes.hpp"

#include "runner/replicate.hpp"

namespace seedbed {

namespace {

struct WholeBatch {
  std::vector<double> returns;
  std::shared_ptr<const void> hold;
};

struct Selected {
  std::vector<std::uint64_t> begin, length, noise;
  std::vector<double> terminated, returns;
  std::vector<double> final_observation;  ///< [observation][selected]
  std::shared_ptr<const void> hold;
};

}  // namespace

void declare_episodes(RunFile& file, const DecisionProblem& problem) {
  const auto& environment = problem.environment_info();
  file.record_trajectories(component_names(*environment.observation),
                           component_names(*environment.action));
}

void record_episodes(RunFile& file, std::int64_t iteration, const RecordedBatch& from) {
  const seedbed_batch& b = from.batch;
  const auto owner = std::make_shared<const WholeBatch>(WholeBatch{from.returns, from.hold});
  file.append_episodes(
      iteration,
      {b.episodes, b.begin, b.length, b.observation, b.action, b.reward, b.log_prob,
       b.final_observation, b.terminated, owner->returns.data(), b.noise},
      owner);
}

void record_episodes(RunFile& file, const RecordedBatch& from, std::size_t observation_size,
                     std::uint64_t first, std::uint64_t every) {
  const seedbed_batch& b = from.batch;
  const auto kept = std::make_shared<Selected>();
  std::vector<std::size_t> episodes;
  for (std::size_t i = (every - first % every) % every; i < b.episodes; i += every)
    episodes.push_back(i);
  for (const std::size_t i : episodes) {
    kept->begin.push_back(b.begin[i]);
    kept->length.push_back(b.length[i]);
    kept->noise.push_back(b.noise[i]);
    kept->terminated.push_back(b.terminated[i]);
    kept->returns.push_back(from.returns[i]);
  }
  for (std::size_t c = 0; c < observation_size; ++c)
    for (const std::size_t i : episodes)
      kept->final_observation.push_back(
          b.final_observation.data[c * b.final_observation.stride + i]);
  kept->hold = from.hold;
  file.append_episodes(0,
                       {episodes.size(),
                        kept->begin.data(),
                        kept->length.data(),
                        b.observation,
                        b.action,
                        b.reward,
                        b.log_prob,
                        {kept->final_observation.data(), episodes.size()},
                        kept->terminated.data(),
                        kept->returns.data(),
                        kept->noise.data()},
                       kept);
}

}  // namespace seedbed
