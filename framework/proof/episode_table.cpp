#include <fmt/format.h>

#include <algorithm>

#include "proof/replay.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::ordered_json;
using Row = std::vector<std::string>;

/// t, observation, action, reward, log_prob: the heads, and the numbers of step `t`. A format has
/// one number.
Row heads(const Json& episode, bool units) {
  Row row{"t"};
  for (const char* block : {"observation", "action"})
    for (std::size_t c = 0; c < episode[block]["names"].size(); ++c) {
      const auto name = episode[block]["names"][c].get<std::string>();
      const std::string unit =
          c < episode[block]["units"].size() ? episode[block]["units"][c].get<std::string>() : "";
      row.push_back(units && !unit.empty() && unit != "1" ? fmt::format("{} [{}]", name, unit)
                                                          : name);
    }
  row.insert(row.end(), {"reward", "log_prob"});
  return row;
}

Row numbers(const Json& episode, std::size_t t, int digits) {
  Row row{std::to_string(t)};
  const auto add = [&](const Json& value) {
    row.push_back(fmt::format("{:.{}g}", value.get<double>(), digits));
  };
  for (const char* block : {"observation", "action"})
    for (const Json& value : episode[block]["values"][t]) add(value);
  add(episode["reward"][t]);
  add(episode["log_prob"][t]);
  return row;
}

std::string joined(const Row& row) {
  std::string text;
  for (const std::string& cell : row) text += (text.empty() ? "" : ",") + cell;
  return text + "\n";
}

std::string heading(const Json& e) {
  const std::string name = e["compared"].get<bool>()
                               ? fmt::format("episode {}", e["episode"].get<std::uint64_t>())
                               : std::string("an episode that was not recorded");
  const auto steps = e["steps"].get<std::uint64_t>();
  return fmt::format(
      "{}: {}: iteration {}, noise {}{}; {} step{}, return {:.6g}, {}\nmade again from {} after {} "
      "iteration{}\n\n",
      e["file"].get<std::string>(), name, e["iteration"].get<std::uint64_t>(),
      e["noise_episode"].get<std::uint64_t>(), e["antithetic"].get<bool>() ? " mirrored" : "",
      steps, steps == 1 ? "" : "s", e["episode_return"].get<double>(),
      e["terminated"].get<bool>() ? "terminated" : "cut by the horizon",
      e["from_iteration"].get<std::uint64_t>()
          ? fmt::format("theta of iteration {}", e["from_iteration"].get<std::uint64_t>())
          : std::string("the first theta"),
      e["iterations_run"].get<std::uint64_t>(), e["iterations_run"] == 1 ? "" : "s");
}

}  // namespace

std::string table_of(const Json& episode) {
  std::vector<Row> rows{heads(episode, true)};
  for (std::size_t t = 0; t < episode["reward"].size(); ++t) rows.push_back(numbers(episode, t, 6));
  std::vector<std::size_t> width(rows[0].size(), 0);
  for (const Row& row : rows)
    for (std::size_t c = 0; c < row.size(); ++c) width[c] = std::max(width[c], row[c].size());
  std::string text = heading(episode);
  for (const Row& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c)
      text += fmt::format("{}{:>{}}", c ? "  " : "", row[c], width[c]);
    text += "\n";
  }
  return text;
}

std::string csv_of(const Json& episode) {
  std::string text = joined(heads(episode, false));
  for (std::size_t t = 0; t < episode["reward"].size(); ++t)
    text += joined(numbers(episode, t, 17));
  return text;
}

}  // namespace seedbed
