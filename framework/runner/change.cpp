#include "runner/change.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "runner/noise_key.hpp"
#include "store/reader.hpp"

namespace seedbed {

namespace {

using SortedJson = nlohmann::json;
using Changes = std::vector<std::string>;

SortedJson json_of(const Texts& texts, const std::string& name) {
  const SortedJson found = SortedJson::parse(text_of(texts, name), nullptr, false);
  return found.is_object() ? found : SortedJson::object();
}

/// A value as a line says it: a string without its quotes.
std::string shown(const SortedJson& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string hash_of(const SortedJson& library) {
  return library.is_object() && library.contains("sha256") ? shown(library["sha256"]) : "";
}

/// The plugins of a library that a run uses, by name; the library's where they are not listed.
std::vector<std::string> names_of(const std::string& file, const SortedJson& library) {
  std::vector<std::string> names;
  if (library.is_object() && library.contains("uses"))
    for (const SortedJson& use : library["uses"]) names.push_back(shown(use));
  for (std::string& name : names) name = name.substr(name.find(' ') + 1);
  return names.empty() ? std::vector{file.substr(0, file.rfind('.'))} : names;
}

void add_plugins(const SortedJson& before, const SortedJson& after, Changes& changes) {
  for (const auto& [file, library] : after.items())
    for (const std::string& name : names_of(file, library)) {
      if (!before.contains(file)) {
        changes.push_back(fmt::format("plugin '{}' is of {} now", name, file));
        continue;
      }
      const std::string old = hash_of(before[file]), now = hash_of(library);
      if (old != now)
        changes.push_back(fmt::format("plugin '{}' rebuilt (sha256 {}… → {}…)", name,
                                      old.substr(0, 8), now.substr(0, 8)));
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

void add_values(const std::string& before, const std::string& after, Changes& changes) {
  const auto now = values_of(after), old = values_of(before);
  auto all = old;
  all.insert(now.begin(), now.end());
  const auto text = [](const auto& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string("nothing") : found->second;
  };
  for (const auto& [key, value] : all)
    if (text(old, key) != text(now, key))
      changes.push_back(fmt::format("{} {} → {}", key, text(old, key), text(now, key)));
}

struct Field {
  const char *key, *name;  ///< In the JSON, and as a line calls it.
};

void add_fields(const SortedJson& before, const SortedJson& after, const std::vector<Field>& fields,
                Changes& changes) {
  for (const auto& [key, name] : fields)
    if (before.contains(key) && after.contains(key) && before[key] != after[key])
      changes.push_back(fmt::format("{} {} → {}", name, shown(before[key]), shown(after[key])));
}

Changes changes_of(const Texts& before, const Texts& after, const std::vector<Field>& build) {
  Changes changes;
  add_plugins(json_of(before, "plugins"), json_of(after, "plugins"), changes);
  add_values(text_of(before, "resolved"), text_of(after, "resolved"), changes);
  add_fields(json_of(before, "noise"), json_of(after, "noise"),
             {{"generator", "generator"},
              {"seed", "seed"},
              {"replicate", "replicate"},
              {"pairing", "pairing"},
              {"stage", "stage of the noise"},
              {"cell", "cell of the noise"}},
             changes);
  add_fields(json_of(before, "build"), json_of(after, "build"), build, changes);
  return changes;
}

}  // namespace

Texts provenance_in(const Reader& file) {
  Texts texts;
  if (file.has("/provenance"))
    for (const std::string& name : file.names("/provenance"))
      texts.emplace_back(name, file.text("/provenance/" + name));
  return texts;
}

std::string text_of(const Texts& texts, const std::string& name) {
  for (const auto& [each, text] : texts)
    if (each == name) return text;
  return "";
}

std::vector<std::string> changes_between(const Texts& before, const Texts& after) {
  return changes_of(before, after,
                    {{"version", "seedbed"},
                     {"result_version", "result version"},
                     {"compiler", "compiler"},
                     {"flags", "compiler flags"}});
}

std::string change_of(const Suite& suite, const Task& task, const std::filesystem::path& run_file) {
  const Cell& cell = suite.stages[task.stage].cells[task.cell];
  Texts now = making_of(cell.configuration, cell.resolved);
  now.emplace_back("noise", noise_json(noise_key(suite, task.stage, task.cell, task.replicate)));
  const Texts before = provenance_in(Reader(run_file));
  std::string text;
  for (const std::string& change : changes_of(before, now, {{"result_version", "result version"}}))
    text += (text.empty() ? "" : ", ") + change;
  if (!text.empty()) return text;
  const SortedJson needs = json_of(before, "needs");
  if (needs.contains("file")) return "needs " + shown(needs["file"]) + ", which has changed since";
  return "its place in the suite";
}

WhyChanged changes_below(const Suite& suite, const std::filesystem::path& output) {
  return [&suite, output](const Task& task) { return change_of(suite, task, output / task.file); };
}

}  // namespace seedbed
