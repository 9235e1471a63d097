#include "proof/recipe.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>
#include <sstream>

#include "runner/change.hpp"
#include "store/reader.hpp"
#include "suite/canonical.hpp"

namespace seedbed {

namespace {

std::string attribute(const Reader& file, const char* name) {
  if (const auto text = file.text_attribute("/", name)) return *text;
  throw Error(
      fmt::format("{}: expected a run file with @{}, got another result file; those are "
                  "below runs/",
                  file.path().string(), name));
}

std::string provenance(const Recipe& recipe, const char* name) {
  for (const auto& [each, text] : recipe.provenance)
    if (each == name) return text;
  throw Error(
      fmt::format("{}: expected /provenance/{}, got none; a seedbed that did not write it "
                  "made this file",
                  recipe.run_file.string(), name));
}

std::vector<NeededLibrary> libraries_in(const std::string& text, const std::string& where) {
  std::vector<NeededLibrary> libraries;
  const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  try {
    for (const auto& [file, entry] : json.items())
      libraries.push_back({file, entry.at("sha256").get<std::string>(),
                           entry.at("uses").get<std::vector<std::string>>()});
  } catch (const nlohmann::json::exception& error) {
    throw Error(fmt::format("{}: /provenance/plugins: expected plugins as JSON, got: {}", where,
                            error.what()),
                Exit::damaged);
  }
  return libraries;
}

/// The theta that the run took from another one: its own first one, by what /provenance/needs says.
std::optional<ThetaInput> theta_in(const Reader& file) {
  if (!file.has("/provenance/needs")) return std::nullopt;
  const std::string where = file.path().string();
  ThetaInput theta;
  const auto json = nlohmann::json::parse(file.text("/provenance/needs"), nullptr, false);
  try {
    theta.file = json.at("file").get<std::string>();
    theta.task = json.at("task").get<std::string>();
    theta.checkpoint = json.at("checkpoint").get<std::uint64_t>();
  } catch (const nlohmann::json::exception& error) {
    throw Error(fmt::format("{}: /provenance/needs: expected file, task and checkpoint, got: {}",
                            where, error.what()),
                Exit::damaged);
  }
  theta.diverged = !file.has("/policy/theta");
  if (theta.diverged) return theta;
  const auto shape = file.shape("/policy/theta");
  if (shape.size() != 2 || shape[0] == 0)
    throw Error(where + ": /policy/theta: expected a row of parameters, got none", Exit::damaged);
  theta.values = file.reals("/policy/theta", {0, 0}, {1, shape[1]});
  return theta;
}

std::string theta_text(const ThetaInput& theta) {
  if (theta.diverged) return "\"initial\"";
  std::string text;
  for (const double value : theta.values) text += (text.empty() ? "" : ", ") + canonical(value);
  return "[" + text + "]";
}

/// Line by line: canonical text has one line a value.
std::string standing_alone(const std::string& resolved, const std::string& stage_kind,
                           const std::optional<ThetaInput>& theta) {
  std::istringstream lines(resolved);
  std::string text;
  bool in_stage = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('[')) in_stage = line == "[" + stage_kind + "]";
    if (theta && in_stage && line.starts_with("theta = ")) line = "theta = " + theta_text(*theta);
    text += line + "\n";
  }
  return with_empty_files(std::move(text));
}

}  // namespace

std::string with_empty_files(std::string resolved) {
  constexpr std::string_view none = "\"sha256:\"";
  for (auto at = resolved.find(none); at != std::string::npos; at = resolved.find(none))
    resolved.replace(at, none.size(), "\"\"");
  return resolved;
}

Recipe read_recipe(const std::filesystem::path& run_file) {
  const Reader file(run_file);
  const std::string where = run_file.string();
  Recipe recipe;
  recipe.run_file = run_file;
  recipe.title = file.text_attribute("/", "title").value_or("");
  recipe.task = attribute(file, "task");
  recipe.stage = attribute(file, "stage");
  recipe.stage_kind = attribute(file, "stage_kind");
  recipe.cell = attribute(file, "cell");
  recipe.replicate =
      static_cast<std::uint64_t>(file.real_attribute("/", "replicate").value_or(0.0));
  recipe.provenance = provenance_in(file);
  recipe.noise = noise_key_in(provenance(recipe, "noise"), where);
  recipe.libraries = libraries_in(provenance(recipe, "plugins"), where);
  recipe.files = EmbeddedFiles::parse(provenance(recipe, "files"), where);
  recipe.theta = theta_in(file);
  recipe.suite = standing_alone(provenance(recipe, "resolved"), recipe.stage_kind, recipe.theta);
  return recipe;
}

}  // namespace seedbed
