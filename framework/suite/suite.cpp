#include "suite/suite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>

#include "loader/sha256.hpp"
#include "suite/canonical.hpp"
#include "suite/cell_reader.hpp"
#include "suite/grid.hpp"
#include "suite/override.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path))
    throw SuiteError(
        path.string() + ": expected a suite file, got: " +
        (fs::is_directory(path) ? "a folder without suite.toml" : std::strerror(errno)));
  return {std::istreambuf_iterator<char>(file), {}};
}

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
  suite.seed = static_cast<std::uint32_t>(table.count("seed", 0, {0, 0xFFFFFFFF}));
  suite.replicates = table.count("replicates", 1);
  const std::string pairing = table.string("pairing", "common");
  suite.common_noise = pairing == "common";
  if (pairing != "common" && pairing != "independent")
    table.refuse("pairing", *root.find("pairing"), "\"common\" or \"independent\"");
  table.finish();
}

/// Letters that every file system and shell takes; long names end in a part of their hash.
std::string folder_name(const std::string& name) {
  std::string safe;
  for (const char c : name) {
    const bool keep = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::strchr("._-+=,", c);
    safe += keep ? c : '_';
  }
  if (safe.empty()) return "all";
  return safe.size() <= 180 ? safe : safe.substr(0, 160) + "~" + sha256(name).substr(0, 12);
}

Stage read_stage(const StageNode& node, const Grid& grid, const std::vector<GridPoint>& points,
                 CellReader& reader) {
  Stage stage{node.name, node.kind, node.after, grid.axes(), grid.dimensions(), {}};
  std::set<std::string> names;
  for (const GridPoint& point : points) {
    Cell cell;
    cell.index = point.index;
    cell.coordinates = grid.coordinates(point);
    std::string name;
    for (const Coordinate& each : cell.coordinates)
      name += fmt::format("{}{}={}", name.empty() ? "" : ",", each.axis, each.label);
    cell.name = folder_name(name);
    if (!names.insert(cell.name).second) cell.name += "~" + sha256(name).substr(0, 12);
    std::optional<Configuration> configuration = reader.read(grid.tree(point), node);
    if (!configuration) continue;
    cell.configuration = std::move(*configuration);
    cell.resolved = canonical(cell.configuration);
    stage.cells.push_back(std::move(cell));
  }
  return stage;
}

void read_cells(const Node& root, const fs::path& folder, const Registry& registry, Suite& suite,
                Diagnostics& diagnostics) {
  const std::vector<StageNode> stages = read_stages(root, diagnostics);
  const SweepNode sweep = read_sweep(root.find("sweep"), registry, diagnostics);
  SettingReader settings(registry, folder, diagnostics);
  Rehearsal rehearsal(diagnostics);
  CellReader reader(settings, rehearsal, diagnostics);
  std::vector<bool> used(sweep.axes.size());
  for (const StageNode& stage : stages) {
    const std::vector<bool> speaking = speaking_axes(sweep, stage);
    for (std::size_t a = 0; a < used.size(); ++a) used[a] = used[a] || speaking[a];
    const Grid grid(root, stage, sweep, speaking);
    if (grid.too_many()) {
      diagnostics.add(stage.place, fmt::format("stage '{}': expected at most {} cells, got more",
                                               stage.name, Grid::most_points));
      continue;
    }
    const std::vector<GridPoint> points = grid.points();
    if (points.empty() && !sweep.when.empty())
      diagnostics.add(sweep.when[0].place,
                      "'when' of [sweep]: expected a condition that holds for "
                      "a cell of the sweep, got one that keeps none");
    suite.stages.push_back(read_stage(stage, grid, points, reader));
  }
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
  const fs::path path = fs::exists(given / "suite.toml") ? given / "suite.toml" : given;
  Suite suite;
  suite.name = name_of(path);
  suite.text = read_text(path);
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
