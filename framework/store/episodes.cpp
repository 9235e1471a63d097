#include "store/episodes.hpp"

#include <cstring>
#include <vector>

namespace seedbed {

using Kind = Writer::Kind;

namespace {

const std::string folder = "/trajectories/";

constexpr Declaration datasets_of_episodes[] = {
    {"/trajectories/step", "step", "1", "step, counted through all episodes of the file"},
    {"/trajectories/episode", "episode", "1", "episode, counted through the file"},
    {"/trajectories/obs", "obs", "1", "component of the observation"},
    {"/trajectories/act", "act", "1", "component of the action"},
    {"/trajectories/observation", "step obs", "1",
     "observation before the action (units: observation_units)"},
    {"/trajectories/action", "step act", "1", "action (units: action_units)"},
    {"/trajectories/reward", "step", "reward", "reward of the step"},
    {"/trajectories/log_prob", "step", "nat",
     "log-density of the action under the policy that acted"},
    {"/trajectories/row_size", "episode", "steps", "number of steps of the episode"},
    {"/trajectories/iteration", "episode", "1", "iteration that the episode was rolled out in"},
    {"/trajectories/terminated", "episode", "1", "1: the process ended"},
    {"/trajectories/truncated", "episode", "1", "1: the horizon cut it"},
    {"/trajectories/final_observation", "episode obs", "1", "observation after the last step"},
    {"/trajectories/episode_return", "episode", "reward", "discounted return of the episode"},
    {"/trajectories/noise_episode", "episode", "1",
     "name of the noise from which the episode can be replayed"},
    {"/trajectories/observation_units", "obs", "1", "unit of each component"},
    {"/trajectories/observation_low", "obs", "1", "lower bound of each component"},
    {"/trajectories/observation_high", "obs", "1", "upper bound of each component"},
    {"/trajectories/action_units", "act", "1", "unit of each component"},
    {"/trajectories/action_low", "act", "1", "lower bound of each component"},
    {"/trajectories/action_high", "act", "1", "upper bound of each component"}};

void declare_components(Writer& writer, const std::string& scale, const std::string& of,
                        const ComponentNames& components) {
  const Declared to(writer, datasets_of_episodes);
  to.scale(folder + scale, components.names);
  std::vector<std::string> units = components.units;
  units.resize(components.names.size());
  to.put(folder + of + "_units", units);
  writer.attribute(folder + of, "space", components.count ? "discrete" : "box");
  if (components.count)
    writer.attribute(folder + of, "count", static_cast<std::int64_t>(components.count));
  if (components.low.empty()) return;
  to.put(folder + of + "_low", components.low);
  to.put(folder + of + "_high", components.high);
}

/// Samples begin .. begin + count - 1, all of one dataset's rows at once.
struct Stretch {
  std::uint64_t begin, count;
};

/// The samples of the episodes in their order: neighbours in memory are one stretch.
std::vector<Stretch> stretches_of(const EpisodeBlock& block) {
  std::vector<Stretch> stretches;
  for (std::uint64_t i = 0; i < block.episodes; ++i)
    if (!stretches.empty() && stretches.back().begin + stretches.back().count == block.begin[i])
      stretches.back().count += block.length[i];
    else
      stretches.push_back({block.begin[i], block.length[i]});
  return stretches;
}

/// rows[i, c] = columns[c * stride + i]
template <std::size_t components>
void transpose(const double* columns, std::size_t stride, std::size_t rows, double* to) {
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t c = 0; c < components; ++c) to[i * components + c] = columns[c * stride + i];
}

void transpose(const double* columns, std::size_t stride, std::size_t components, std::size_t rows,
               double* to) {
  switch (components) {
    case 1:
      return void(std::memcpy(to, columns, rows * sizeof(double)));
    case 2:
      return transpose<2>(columns, stride, rows, to);
    case 3:
      return transpose<3>(columns, stride, rows, to);
    case 4:
      return transpose<4>(columns, stride, rows, to);
    default:
      for (std::size_t c = 0; c < components; ++c)
        for (std::size_t i = 0; i < rows; ++i) to[i * components + c] = columns[c * stride + i];
  }
}

/// Rows (step, component) from component-major samples.
void append_samples(Writer& writer, Writer::Growth dataset, const std::vector<Stretch>& stretches,
                    seedbed_in samples, std::size_t components) {
  for (const Stretch& stretch : stretches)
    for (std::uint64_t done = 0; done < stretch.count;) {
      const auto room = writer.extend<double>(dataset, stretch.count - done);
      const std::size_t rows = room.size() / components;
      transpose(samples.data + stretch.begin + done, samples.stride, components, rows, room.data());
      done += rows;
    }
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
  const Declared to(*writer_, datasets_of_episodes);
  of_step_.step = to.growing_scale(folder + "step");
  of_step_.observation = to.growing(folder + "observation", Kind::real);
  of_step_.action = to.growing(folder + "action", Kind::real);
  of_step_.reward = to.growing(folder + "reward", Kind::real);
  of_step_.log_prob = to.growing(folder + "log_prob", Kind::real);
  of_episode_.final_observation = to.growing(folder + "final_observation", Kind::real);
}

void Trajectories::declare_episodes() {
  const Declared to(*writer_, datasets_of_episodes);
  of_episode_.episode = to.growing_scale(folder + "episode");
  of_episode_.row_size = to.growing(folder + "row_size", Kind::integer);
  writer_->attribute(folder + "row_size", "sample_dimension", "step");
  of_episode_.iteration = to.growing(folder + "iteration", Kind::integer);
  of_episode_.terminated = to.growing(folder + "terminated", Kind::byte);
  of_episode_.truncated = to.growing(folder + "truncated", Kind::byte);
  of_episode_.episode_return = to.growing(folder + "episode_return", Kind::real);
  of_episode_.noise_episode = to.growing(folder + "noise_episode", Kind::integer);
}

Declarations Trajectories::datasets() {
  return datasets_of_episodes;
}

std::vector<double> gather(const EpisodeBlock& block, seedbed_in samples, std::size_t components) {
  std::vector<double> rows;
  for (const Stretch& stretch : stretches_of(block)) {
    const std::size_t before = rows.size();
    rows.resize(before + stretch.count * components);
    transpose(samples.data + stretch.begin, samples.stride, components, stretch.count,
              rows.data() + before);
  }
  return rows;
}

void Trajectories::append_steps(const EpisodeBlock& block) {
  const std::vector<Stretch> stretches = stretches_of(block);
  std::uint64_t steps = 0;
  for (const Stretch& stretch : stretches) steps += stretch.count;
  Writer& w = *writer_;
  append_rows<std::int64_t>(w, of_step_.step, steps, [this](std::size_t) { return steps_++; });
  append_samples(w, of_step_.observation, stretches, block.observation, observation_size_);
  append_samples(w, of_step_.action, stretches, block.action, action_size_);
  append_samples(w, of_step_.reward, stretches, {block.reward, 0}, 1);
  append_samples(w, of_step_.log_prob, stretches, {block.log_prob, 0}, 1);
}

void Trajectories::append_episodes(std::int64_t iteration, const EpisodeBlock& block) {
  Writer& w = *writer_;
  const std::uint64_t n = block.episodes;
  using Integer = std::int64_t;
  using Byte = std::uint8_t;
  const auto terminated = [&](std::size_t i) { return Byte(block.terminated[i] != 0); };
  append_rows<Integer>(w, of_episode_.episode, n, [this](std::size_t) { return episodes_++; });
  append_rows<Integer>(w, of_episode_.row_size, n,
                       [&](std::size_t i) { return static_cast<Integer>(block.length[i]); });
  append_rows<Integer>(w, of_episode_.iteration, n, [&](std::size_t) { return iteration; });
  append_rows<Byte>(w, of_episode_.terminated, n, terminated);
  append_rows<Byte>(w, of_episode_.truncated, n, [&](std::size_t i) { return !terminated(i); });
  append_samples(w, of_episode_.final_observation, {{0, n}}, block.final_observation,
                 observation_size_);
  append_samples(w, of_episode_.episode_return, {{0, n}}, {block.episode_return, 0}, 1);
  append_rows<Integer>(w, of_episode_.noise_episode, n,
                       [&](std::size_t i) { return static_cast<Integer>(block.noise[i]); });
}

std::size_t Trajectories::bytes(const EpisodeBlock& block) const {
  std::size_t steps = 0;
  for (std::uint64_t i = 0; i < block.episodes; ++i) steps += block.length[i];
  return sizeof(double) * (steps * (observation_size_ + action_size_ + 3) +
                           block.episodes * (observation_size_ + 7));
}

void Trajectories::append(std::int64_t iteration, const EpisodeBlock& block) {
  append_steps(block);
  append_episodes(iteration, block);
}

}  // namespace seedbed
