#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/configuration.hpp"
#include "loader/registry.hpp"

namespace seedbed {

/// Where a cell lies on one axis: "optimizer.step", "1e-3".
struct Coordinate {
  std::string axis, label;
};

/// One point of the sweep: a configuration, trained or measured once per replicate.
struct Cell {
  std::string name;         ///< "estimator=reinforce,optimizer.step=1e-3"; safe for a folder.
  std::uint64_t index = 0;  ///< In the product of its stage's dimensions; the last runs fastest.
  std::vector<Coordinate> coordinates;  ///< Axes that it does not set (of a list) are not there.
  Configuration configuration;
  std::uint64_t parameters = 0;           ///< Of its policy.
  std::optional<std::size_t> theta_cell;  ///< In Stage::theta_stage: whose theta it takes.
  std::string resolved;  ///< Canonical TOML of all that decides it (canonical.hpp).
};

struct Axis {
  std::string name;
  std::vector<std::string> labels;
};

/// A dimension of the results of a stage: one axis, or the axes of a zip or a list, which advance
/// together.
struct Dimension {
  std::string name;                 ///< "optimizer.step"; "zip", "list".
  std::vector<std::string> labels;  ///< Of its points.
  /// Their labels along this dimension; "" where a point of a list does not set the axis.
  std::vector<Axis> axes;
};

struct Stage {
  std::string name;
  StageKind kind = StageKind::learn;
  std::vector<std::string> after;  ///< Names of the stages that it needs as a whole.
  std::string theta_stage;         ///< Name of the stage whose theta it takes; "": of none.
  std::vector<Axis> axes;          ///< Those that say something to this stage; each label once.
  std::vector<Dimension> dimensions;
  std::vector<Cell> cells;  ///< Ascending by index; where `when` excludes points, there are holes.
};

/// A whole, checked suite: every plugin exists, every parameter is in range, everything fits.
struct Suite {
  std::string name;  ///< Of results/<name>: the folder of suite.toml, else the stem of the file.
  std::string title, question;
  std::string text;      ///< The file as it was read.
  std::string resolved;  ///< Canonical TOML of everything, with a section for every cell.
  std::uint32_t seed = 0;
  std::uint64_t replicates = 1;
  bool common_noise = true;
  std::vector<std::string> overrides;  ///< As given with --set.
  std::vector<Stage> stages;
};

/// Reads and checks a suite (a file, or a folder with a suite.toml). `overrides` are "key=value",
/// as given with --set. The suite points into `registry`, which must outlive it. Throws SuiteError
/// (diagnostic.hpp, exit 2) with everything that is wrong.
Suite read_suite(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                 const Registry& registry);

}  // namespace seedbed
