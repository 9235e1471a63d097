#include "runner/change.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "store/reader.hpp"

namespace seedbed {

namespace {

using Json = nlohmann::json;
using Changes = std::vector<std::string>;

std::string short_hash(const std::string& hash) {
  return hash.substr(0, 8) + "…";
}

/// A library is known by the name of its file, as in provenance.cpp.
void add_plugins(const Configuration& configuration, const Json& old, Changes& changes) {
  for (const Plugin* plugin : plugins_of(configuration)) {
    const std::string file = plugin->library->path.filename();
    if (!old.contains(file)) {
      changes.push_back(fmt::format("plugin '{}' is of {} now", plugin->name(), file));
      continue;
    }
    const std::string before = old[file].value("sha256", ""), now = plugin->library->sha256;
    if (before != now)
      changes.push_back(fmt::format("plugin '{}' rebuilt (sha256 {} → {})", plugin->name(),
                                    short_hash(before), short_hash(now)));
  }
}

/// "policy.sigma" -> "0.04", of a resolved configuration (canonical.hpp).
std::map<std::string, std::string> values_of(const std::string& resolved) {
  std::map<std::string, std::string> values;
  std::istringstream lines(resolved);
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find(" = ");
    if (line.starts_with('[') && equals == std::string::npos)
      section = line.substr(1, line.find(']') - 1) + ".";
    else if (equals != std::string::npos)
      values[section + line.substr(0, equals)] = line.substr(equals + 3);
  }
  return values;
}

void add_values(const std::string& resolved, const std::string& old, Changes& changes) {
  const auto now = values_of(resolved);
  auto all = values_of(old);
  const auto before = all;
  all.insert(now.begin(), now.end());
  const auto text = [](const auto& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string("nothing") : found->second;
  };
  for (const auto& [key, value] : all)
    if (text(before, key) != text(now, key))
      changes.push_back(fmt::format("{} {} → {}", key, text(before, key), text(now, key)));
}

void add_noise(const Suite& suite, const Json& old, Changes& changes) {
  if (old.value("seed", suite.seed) != suite.seed)
    changes.push_back(fmt::format("seed {} → {}", old.value("seed", suite.seed), suite.seed));
  const std::string pairing = suite.common_noise ? "common" : "independent";
  if (old.value("pairing", pairing) != pairing)
    changes.push_back(fmt::format("pairing {} → {}", old.value("pairing", pairing), pairing));
}

void add_engine(const Json& old, Changes& changes) {
  const std::uint32_t before = old.value("result_version", result_version);
  if (before != result_version)
    changes.push_back(fmt::format("result version {} → {}", before, result_version));
}

}  // namespace

std::string change_of(const Suite& suite, const Task& task, const std::filesystem::path& run_file) {
  const Reader old(run_file);
  const auto json = [&](const std::string& name) {
    const Json found = Json::parse(old.text("/provenance/" + name), nullptr, false);
    return found.is_object() ? found : Json::object();
  };
  const Cell& cell = suite.stages[task.stage].cells[task.cell];
  Changes changes;
  add_plugins(cell.configuration, json("plugins"), changes);
  add_values(cell.resolved, old.text("/provenance/resolved"), changes);
  add_noise(suite, json("noise"), changes);
  add_engine(json("build"), changes);
  std::string text;
  for (const std::string& change : changes) text += (text.empty() ? "" : ", ") + change;
  return text.empty() ? "its place in the suite" : text;
}

WhyChanged changes_below(const Suite& suite, const std::filesystem::path& output) {
  return [&suite, output](const Task& task) { return change_of(suite, task, output / task.file); };
}

}  // namespace seedbed
