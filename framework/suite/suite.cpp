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
#include "suite/override.hpp"

namespace seedbed {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_cells = 1000000;

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

/// The axes that say something to a stage, and its cells: their grid.
class Grid {
 public:
  Grid(const Node& root, const StageNode& stage, const std::vector<AxisNode>& axes)
      : stage_(stage) {
    for (const char* key : {"environment", "objective", "policy", "estimator", "record"})
      for (const Member& member : root.members)
        if (member.key == key) base_.root.members.push_back(member);
    base_.root.place = root.place;
    base_.stage = stage.table;
    for (const AxisNode& axis : axes)
      if (speaks(axis)) axes_.push_back(&axis);
  }

  const std::vector<const AxisNode*>& axes() const { return axes_; }

  std::uint64_t size() const {
    std::uint64_t cells = 1;
    for (const AxisNode* axis : axes_)
      cells = std::min(cells * axis->values.size(), most_cells + 1);
    return cells;
  }

  /// Which value of each axis cell `index` has; the last axis runs fastest.
  std::vector<std::size_t> point(std::uint64_t index) const {
    std::vector<std::size_t> point(axes_.size());
    for (std::size_t k = axes_.size(); k-- > 0; index /= axes_[k]->values.size())
      point[k] = index % axes_[k]->values.size();
    return point;
  }

  /// Short paths first: an axis `estimator` makes the table that `estimator.baseline` changes.
  Tree tree(const std::vector<std::size_t>& point) const {
    std::vector<std::size_t> order(axes_.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return axes_[a]->path.size() < axes_[b]->path.size();
    });
    Tree tree = base_;
    for (const std::size_t k : order)
      put(tree, axes_[k]->path, axes_[k]->place, axes_[k]->values[point[k]], stage_.kind);
    return tree;
  }

 private:
  /// A gradient stage with its own list of estimators does not look at `estimator`.
  bool speaks(const AxisNode& axis) const {
    if (axis.path[0] == "estimator" && stage_.table.find("estimators")) return false;
    return applies(axis.path, stage_.kind);
  }

  const StageNode& stage_;
  Tree base_;
  std::vector<const AxisNode*> axes_;
};

Stage read_stage(const StageNode& node, const Grid& grid, CellReader& reader) {
  Stage stage{node.name, node.kind, node.after, {}, {}};
  for (const AxisNode* axis : grid.axes()) stage.axes.push_back({axis->name, axis->labels});
  std::set<std::string> names;
  for (std::uint64_t index = 0; index < grid.size(); ++index) {
    const std::vector<std::size_t> point = grid.point(index);
    Cell cell;
    cell.index = index;
    for (std::size_t k = 0; k < point.size(); ++k) {
      cell.coordinates.push_back({stage.axes[k].name, stage.axes[k].labels[point[k]]});
      cell.name +=
          fmt::format("{}{}={}", k ? "," : "", stage.axes[k].name, cell.coordinates[k].label);
    }
    cell.name = folder_name(cell.name);
    if (!names.insert(cell.name).second) cell.name += fmt::format("~{}", index);
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
  const std::vector<AxisNode> axes = read_axes(root.find("sweep"), registry, diagnostics);
  SettingReader settings(registry, folder, diagnostics);
  Rehearsal rehearsal(diagnostics);
  CellReader reader(settings, rehearsal, diagnostics);
  std::set<const AxisNode*> used;
  for (const StageNode& stage : stages) {
    const Grid grid(root, stage, axes);
    used.insert(grid.axes().begin(), grid.axes().end());
    if (grid.size() > most_cells)
      diagnostics.add(stage.place, fmt::format("stage '{}': expected at most {} cells, got more",
                                               stage.name, most_cells));
    else
      suite.stages.push_back(read_stage(stage, grid, reader));
  }
  for (const AxisNode& axis : axes)
    if (!used.count(&axis))
      diagnostics.add(axis.place,
                      fmt::format("axis '{}' of [sweep] says nothing to any stage", axis.name));
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
