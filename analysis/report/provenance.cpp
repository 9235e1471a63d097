#include <fmt/format.h>
#include <toml++/toml.h>

#include <nlohmann/json.hpp>

#include "analysis/report/answer.hpp"

namespace seedbed::analysis {

namespace {

std::string text_of(const nlohmann::json& json, const char* key) {
  return json.is_object() && json.contains(key) && json[key].is_string()
             ? json[key].get<std::string>()
             : "";
}

}  // namespace

std::string question_of(const Results& results) {
  try {
    return toml::parse(results.provenance("suite"))["question"].value_or(std::string());
  } catch (const toml::parse_error&) {
    return "";
  }
}

std::vector<std::pair<std::string, std::string>> provenance_of(const Results& results) {
  std::vector<std::pair<std::string, std::string>> all;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) all.emplace_back(name, value);
  };
  const auto parsed = [&](const char* name) {
    return nlohmann::json::parse(results.provenance(name), nullptr, false);
  };
  add("suite", results.suite_hash());
  add("seed", results.seed());
  const auto build = parsed("build"), noise = parsed("noise");
  add("seedbed",
      text_of(build, "version") + ", " + text_of(build, "compiler") + text_of(build, "flags"));
  add("noise", text_of(noise, "generator") + (text_of(noise, "pairing") == "common"
                                                  ? ", shared by the cells of a sweep"
                                                  : ", of each cell its own"));
  const auto plugins = parsed("plugins");
  if (plugins.is_object())
    for (const auto& [file, about] : plugins.items())
      add(file, fmt::format("{} · sha256 {}", text_of(about, "version"), text_of(about, "sha256")));
  return all;
}

std::vector<std::pair<std::string, std::string>> commands_of() {
  return {{"All of it again, in the folder of the suite", "seedbed run suite.toml"},
          {"One run again from its own file, and its bits compared",
           "seedbed reproduce runs/<cell>/r0000.h5"},
          {"Cells against each other, with intervals and Holm's correction", "seedbed compare ."},
          {"How many replicates a difference of a tenth takes", "seedbed power . --effect 0.1"},
          {"This report again", "seedbed report ."}};
}

}  // namespace seedbed::analysis
