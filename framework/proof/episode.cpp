#include "proof/episode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <seedbed/error.hpp>

#include "store/reader.hpp"

namespace seedbed {

namespace {

const std::string trajectories = "/trajectories/";

bool same_bits(double x, double y) {
  return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
}

/// Rows first .. first + count - 1 of a dataset.
std::vector<double> rows(const Reader& file, const std::string& name, std::uint64_t first,
                         std::uint64_t count) {
  std::vector<std::uint64_t> size = file.shape(trajectories + name), offset(size.size(), 0);
  offset[0] = first;
  size[0] = count;
  return file.reals(trajectories + name, offset, size);
}

std::string text_of(const char* what, double a, double b) {
  return fmt::format("{}: {:.17g} against {:.17g}", what, a, b);
}

/// Compares row `t` of two blocks with those components.
std::optional<std::string> difference(const char* what, std::size_t t, const std::vector<double>& a,
                                      const std::vector<double>& b, const ComponentNames& names) {
  const std::size_t size = names.names.size();
  for (std::size_t c = 0; c < size; ++c)
    if (!same_bits(a[t * size + c], b[t * size + c]))
      return text_of(fmt::format("{} {}", what, names.names[c]).c_str(), a[t * size + c],
                     b[t * size + c]);
  return std::nullopt;
}

std::optional<std::string> difference_of_step(std::size_t t, const Episode& a, const Episode& b,
                                              const ComponentNames& observation,
                                              const ComponentNames& action) {
  auto found = difference("observation", t, a.observation, b.observation, observation);
  if (!found) found = difference("action", t, a.action, b.action, action);
  if (!found && !same_bits(a.reward[t], b.reward[t]))
    found = text_of("reward", a.reward[t], b.reward[t]);
  if (!found && !same_bits(a.log_prob[t], b.log_prob[t]))
    found = text_of("log_prob", a.log_prob[t], b.log_prob[t]);
  return found;
}

}  // namespace

EpisodePlace place_of_row(const Reader& file, std::uint64_t row) {
  const std::string where = file.path().string();
  if (!file.has("/trajectories/iteration"))
    throw Error(where +
                ": expected recorded trajectories, got none; --iteration K makes an episode "
                "that was not recorded");
  const auto iteration = file.integers("/trajectories/iteration");
  if (row >= iteration.size())
    throw Error(fmt::format("{}: expected an episode from 0 to {}, got {}", where,
                            iteration.size() - 1, row));
  const auto first = std::ranges::find(iteration, iteration[row]);
  const auto noise = file.integers("/trajectories/noise_episode");
  return {static_cast<std::uint64_t>(iteration[row]),
          row - static_cast<std::uint64_t>(first - iteration.begin()),
          static_cast<std::uint64_t>(noise.at(row)), row};
}

EpisodePlace place_of_position(const Reader& file, std::uint64_t iteration,
                               std::uint64_t position) {
  if (file.has("/trajectories/iteration")) {
    const auto all = file.integers("/trajectories/iteration");
    const auto first = std::ranges::find(all, static_cast<std::int64_t>(iteration));
    const auto row = static_cast<std::uint64_t>(first - all.begin()) + position;
    if (row < all.size() && all[row] == static_cast<std::int64_t>(iteration))
      return place_of_row(file, row);
  }
  return {iteration, position, position, std::nullopt};
}

Episode read_episode(const Reader& file, std::uint64_t row) {
  const auto sizes = file.integers("/trajectories/row_size");
  const auto first = static_cast<std::uint64_t>(std::accumulate(
      sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(row), std::int64_t{0}));
  const auto steps = static_cast<std::uint64_t>(sizes.at(row));
  return {rows(file, "observation", first, steps),
          rows(file, "action", first, steps),
          rows(file, "reward", first, steps),
          rows(file, "log_prob", first, steps),
          rows(file, "final_observation", row, 1),
          rows(file, "episode_return", row, 1)[0],
          file.integers("/trajectories/terminated").at(row) != 0};
}

std::optional<std::string> first_difference(const Episode& a, const Episode& b,
                                            const ComponentNames& observation,
                                            const ComponentNames& action) {
  for (std::size_t t = 0; t < std::min(a.reward.size(), b.reward.size()); ++t)
    if (const auto found = difference_of_step(t, a, b, observation, action))
      return fmt::format("step {}, {}", t, *found);
  if (a.reward.size() != b.reward.size())
    return fmt::format("length: {} steps against {}", a.reward.size(), b.reward.size());
  if (const auto found =
          difference("final observation", 0, a.final_observation, b.final_observation, observation))
    return found;
  if (!same_bits(a.episode_return, b.episode_return))
    return text_of("return", a.episode_return, b.episode_return);
  if (a.terminated != b.terminated)
    return fmt::format("terminated: {} against {}", a.terminated, b.terminated);
  return std::nullopt;
}

}  // namespace seedbed
