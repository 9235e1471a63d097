#include "proof/rebuilt.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <seedbed/error.hpp>

#include "proof/library_search.hpp"
#include "runner/change.hpp"
#include "runner/replicate.hpp"
#include "suite/diagnostic.hpp"

namespace seedbed {

namespace {

void write_file(const std::filesystem::path& path, const std::string& contents) {
  std::ofstream file(path, std::ios::binary);
  file << contents << std::flush;
  if (!file) throw Error(path.string() + ": expected to be writable", Exit::tasks_failed);
}

/// A resolved configuration names its files "sha256:<hash>": so are they called here.
Suite read_alone(const Recipe& recipe, const Registry& registry,
                 const std::filesystem::path& folder) {
  for (const auto& [hash, file] : recipe.files)
    write_file(folder / ("sha256:" + hash), file.contents);
  write_file(folder / "suite.toml", recipe.suite);
  try {
    return read_suite(folder / "suite.toml", {}, registry);
  } catch (const SuiteError& error) {
    throw Error(recipe.run_file.string() +
                    ": its resolved configuration: expected to be one for these plugins, got\n" +
                    error.what(),
                Exit::plugin);
  }
}

}  // namespace

Rebuilt::Rebuilt(const Recipe& recipe, const SearchPath& path, const std::filesystem::path& folder)
    : recipe_(recipe),
      registry_(registry_for(recipe, path, warnings_)),
      suite_(read_alone(recipe, registry_, folder)) {
  suite_.title = recipe.title;
  suite_.seed = recipe.noise.seed;
  suite_.common_noise = recipe.noise.cell == 0;
  suite_.stages.at(0).name = recipe.stage;
  suite_.stages.at(0).cells.at(0).name = recipe.cell;
  demand_same_configuration();
}

/// Another version of a plugin may have other parameters.
void Rebuilt::demand_same_configuration() const {
  const Texts before{{"resolved", recipe_.suite}};
  const Texts after{{"resolved", with_empty_files(suite_.stages[0].cells[0].resolved)}};
  std::string text;
  const bool no_theta = recipe_.theta && recipe_.theta->diverged;
  for (const std::string& change : changes_between(before, after))
    if (!no_theta || !change.starts_with(recipe_.stage_kind + ".theta "))
      text += (text.empty() ? "" : ", ") + change;
  if (!text.empty())
    throw Error(recipe_.run_file.string() + ": expected the same configuration, got " + text,
                Exit::mismatch);
}

Texts Rebuilt::provenance() const {
  Texts texts;
  for (const char* name : {"suite", "overrides"})
    texts.emplace_back(name, text_of(recipe_.provenance, name));
  for (auto& text : making_of(configuration(), text_of(recipe_.provenance, "resolved")))
    texts.push_back(std::move(text));
  texts.emplace_back("noise", noise_json(recipe_.noise));
  return texts;
}

void Rebuilt::run(const std::filesystem::path& path) const {
  const Ending ending =
      run_replicate({suite_, 0, 0, recipe_.replicate, recipe_.task, provenance(),
                     execution({"seedbed", "reproduce", recipe_.run_file.string()}), recipe_.noise,
                     recipe_.theta},
                    path);
  if (ending != Ending::done)
    throw Error(recipe_.run_file.string() + ": expected to be run to its end, got stopped",
                Exit::stopped);
}

}  // namespace seedbed
