#include "suite/suite.hpp"

#include <fmt/format.h>

#include <system_error>

#include "suite/canonical.hpp"
#include "suite/file_text.hpp"
#include "suite/override.hpp"
#include "suite/stage_cells.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

/// results/<name>: a file that is just "suite.toml" has the name of its folder.
std::string name_of(const fs::path& path) {
  if (path.filename() != "suite.toml") return path.stem().string();
  const std::string folder = fs::absolute(path).parent_path().filename().string();
  return folder.empty() ? "suite" : folder;
}

void read_heading(const Node& root, Suite& suite, Diagnostics& diagnostics) {
  TableReader table(root, "the suite", diagnostics);
  for (const std::string& key : suite_keys()) table.get(key);
  suite.title = table.string("title", suite.name);
  suite.question = table.string("question", "");
  static_cast<void>(table.string("license", ""));  // of the results: read from the text again
  suite.seed = static_cast<std::uint32_t>(table.count("seed", 0, {0, 0xFFFFFFFF}));
  suite.replicates = table.count("replicates", 1);
  const std::string pairing = table.string("pairing", "common");
  suite.common_noise = pairing == "common";
  if (pairing != "common" && pairing != "independent")
    table.refuse("pairing", *root.find("pairing"), "\"common\" or \"independent\"");
  table.finish();
}

void read_cells(const Node& root, const fs::path& folder, const Registry& registry, Suite& suite,
                Diagnostics& diagnostics) {
  const std::vector<StageNode> stages = read_stages(root, diagnostics);
  const SweepNode sweep = read_sweep(root.find("sweep"), registry, diagnostics);
  SettingReader settings(registry, folder, diagnostics);
  Rehearsal rehearsal(diagnostics);
  CellReader cells(settings, rehearsal, diagnostics);
  StageCells reader(root, sweep, registry, cells, diagnostics);
  suite.stages = reader.read(stages);
  const std::vector<bool>& used = reader.used();
  for (std::size_t a = 0; a < used.size(); ++a)
    if (!used[a])
      diagnostics.add(sweep.axes[a].place, fmt::format("axis '{}' of [sweep] says nothing to any "
                                                       "stage",
                                                       sweep.axes[a].name));
}

std::string resolved_text(const Suite& suite) {
  std::string text =
      fmt::format("pairing = \"{}\"\nquestion = {}\nreplicates = {}\nseed = {}\ntitle = {}\n",
                  suite.common_noise ? "common" : "independent", canonical(suite.question),
                  suite.replicates, suite.seed, canonical(suite.title));
  for (const Stage& stage : suite.stages)
    for (const Cell& cell : stage.cells)
      text += canonical(cell.configuration, fmt::format("cells.{}.{}.", canonical_key(stage.name),
                                                        canonical_key(cell.name)));
  return text;
}

}  // namespace

Suite read_suite(const fs::path& given, const std::vector<std::string>& overrides,
                 const Registry& registry) {
  std::error_code ignored;
  const fs::path path = fs::exists(given / "suite.toml", ignored) ? given / "suite.toml" : given;
  Suite suite;
  suite.name = name_of(path);
  if (fs::is_directory(path, ignored))
    throw SuiteError(path.string() + ": expected a suite file, got: a folder without suite.toml");
  suite.text = file_text(path, "a suite file");
  suite.overrides = overrides;
  Node root = parse_document(path.string(), suite.text);
  Diagnostics diagnostics;
  for (const std::string& text : overrides) apply_override(root, text, diagnostics);
  read_heading(root, suite, diagnostics);
  read_cells(root, path.parent_path(), registry, suite, diagnostics);
  diagnostics.check();
  suite.resolved = resolved_text(suite);
  return suite;
}

}  // namespace seedbed
