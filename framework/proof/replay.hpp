#pragma once
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "loader/registry.hpp"
#include "proof/child.hpp"

namespace seedbed {

/// Which episode is to be made again: row `episode` of /trajectories, or with `iteration` the
/// episode of that number in the batch of it, recorded or not.
struct ReplayRequest {
  std::filesystem::path run_file;
  std::uint64_t episode = 0;
  std::optional<std::uint64_t> iteration;
};

/// In the child process: makes it again and compares it with the recorded one, if it was recorded.
/// Leaves what `seedbed replay --json` prints as `folder`/episode.json.
std::vector<std::string> recreate_in(const ReplayRequest& request, const SearchPath& path,
                                     const std::filesystem::path& folder);

/// Starts the child and gives that JSON: file, iteration, noise_episode, steps, observation
/// (names, units, values [step][component]), action, reward, ..., `compared`, `equal`,
/// `difference`, `warnings`. Throws Error.
nlohmann::ordered_json replay(const ReplayRequest& request, const ChildCommand& child);

/// The episode as a table for people: one line a step.
std::string table_of(const nlohmann::ordered_json& replayed);
/// The same as CSV, every number with 17 digits.
std::string csv_of(const nlohmann::ordered_json& replayed);

}  // namespace seedbed
