#include "store/episodes.hpp"

#include <cassert>
#include <numeric>

namespace seedbed {

using Kind = Writer::Kind;

namespace {

const std::string folder = "/trajectories/";

void declare_components(Writer& writer, const std::string& scale, const std::string& of,
                        const ComponentNames& components) {
  writer.scale(folder + scale, components.names, {"1", "component of the " + of});
  std::vector<std::string> units = components.units;
  units.resize(components.names.size());
  writer.put(folder + of + "_units", {scale}, units, {"1", "unit of each component"});
  writer.attribute(folder + of, "space", components.count ? "discrete" : "box");
  if (components.count)
    writer.attribute(folder + of, "count", static_cast<std::int64_t>(components.count));
  if (components.low.empty()) return;
  writer.put(folder + of + "_low", {scale}, components.low, {"1", "lower bound of each component"});
  writer.put(folder + of + "_high", {scale}, components.high,
             {"1", "upper bound of each component"});
}

std::uint64_t steps_of(const EpisodeBlock& block) {
  return std::accumulate(block.length, block.length + block.episodes, std::uint64_t{0});
}

template <class Number, class From>
std::vector<Number> converted(const From* data, std::uint64_t size) {
  std::vector<Number> numbers(size);
  for (std::uint64_t i = 0; i < size; ++i) numbers[i] = static_cast<Number>(data[i]);
  return numbers;
}

std::vector<std::int64_t> range(std::int64_t first, std::uint64_t size) {
  std::vector<std::int64_t> numbers(size);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

}  // namespace

Trajectories::Trajectories(Writer& writer, const ComponentNames& observation,
                           const ComponentNames& action)
    : writer_(&writer),
      observation_size_(observation.names.size()),
      action_size_(action.names.size()) {
  writer.attribute("/trajectories", "featureType", "trajectory");
  writer.show("/trajectories", "episode_return", {"episode"});
  declare_episodes();
  declare_steps(observation, action);
}

void Trajectories::declare_steps(const ComponentNames& observation, const ComponentNames& action) {
  declare_components(*writer_, "obs", "observation", observation);
  declare_components(*writer_, "act", "action", action);
  writer_->growing_scale(folder + "step", {"1", "step, counted through all episodes of the file"});
  writer_->growing(folder + "observation", Kind::real, {"step", "obs"},
                   {"1", "observation before the action (units: observation_units)"});
  writer_->growing(folder + "action", Kind::real, {"step", "act"},
                   {"1", "action (units: action_units)"});
  writer_->growing(folder + "reward", Kind::real, {"step"}, {"reward", "reward of the step"});
  writer_->growing(folder + "log_prob", Kind::real, {"step"},
                   {"nat", "log-density of the action under the policy that acted"});
  writer_->growing(folder + "final_observation", Kind::real, {"episode", "obs"},
                   {"1", "observation after the last step"});
}

void Trajectories::declare_episodes() {
  writer_->growing_scale(folder + "episode", {"1", "episode, counted through the file"});
  writer_->growing(folder + "row_size", Kind::integer, {"episode"},
                   {"steps", "number of steps of the episode"});
  writer_->attribute(folder + "row_size", "sample_dimension", "step");
  writer_->growing(folder + "iteration", Kind::integer, {"episode"},
                   {"1", "iteration that the episode was rolled out in"});
  writer_->growing(folder + "terminated", Kind::byte, {"episode"}, {"1", "1: the process ended"});
  writer_->growing(folder + "truncated", Kind::byte, {"episode"}, {"1", "1: the horizon cut it"});
  writer_->growing(folder + "episode_return", Kind::real, {"episode"},
                   {"reward", "discounted return of the episode"});
  writer_->growing(folder + "noise_episode", Kind::integer, {"episode"},
                   {"1", "name of the noise from which the episode can be replayed"});
}

std::vector<double> gather(const EpisodeBlock& block, seedbed_in samples, std::size_t components) {
  std::vector<double> rows(steps_of(block) * components);
  double* row = rows.data();
  for (std::uint64_t i = 0; i < block.episodes; ++i) {
    for (std::size_t c = 0; c < components; ++c) {
      const double* column = samples.data + c * samples.stride + block.begin[i];
      for (std::uint64_t t = 0; t < block.length[i]; ++t) row[t * components + c] = column[t];
    }
    row += block.length[i] * components;
  }
  return rows;
}

void Trajectories::append_steps(const EpisodeBlock& block) {
  const std::uint64_t steps = steps_of(block);
  writer_->append(folder + "step", range(steps_, steps));
  writer_->append(folder + "observation", gather(block, block.observation, observation_size_));
  writer_->append(folder + "action", gather(block, block.action, action_size_));
  writer_->append(folder + "reward", gather(block, {block.reward, 0}, 1));
  writer_->append(folder + "log_prob", gather(block, {block.log_prob, 0}, 1));
  steps_ += static_cast<std::int64_t>(steps);
}

void Trajectories::append(std::int64_t iteration, const EpisodeBlock& block) {
  const std::uint64_t n = block.episodes;
  append_steps(block);
  std::vector<double> last(n * observation_size_);
  std::vector<std::uint8_t> terminated(n), truncated(n);
  for (std::uint64_t i = 0; i < n; ++i) {
    terminated[i] = block.terminated[i] != 0;
    truncated[i] = !terminated[i];
    for (std::size_t c = 0; c < observation_size_; ++c)
      last[i * observation_size_ + c] =
          block.final_observation.data[c * block.final_observation.stride + i];
  }
  writer_->append(folder + "episode", range(episodes_, n));
  writer_->append(folder + "row_size", converted<std::int64_t>(block.length, n));
  writer_->append(folder + "iteration", std::vector<std::int64_t>(n, iteration));
  writer_->append(folder + "terminated", terminated);
  writer_->append(folder + "truncated", truncated);
  writer_->append(folder + "final_observation", last);
  writer_->append(folder + "episode_return", std::span(block.episode_return, n));
  writer_->append(folder + "noise_episode", converted<std::int64_t>(block.noise, n));
  episodes_ += static_cast<std::int64_t>(n);
}

}  // namespace seedbed
