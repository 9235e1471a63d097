#pragma once
#include <cstdint>
#include <filesystem>
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
  std::uint64_t index = 0;  ///< In the grid of its stage; the last axis runs fastest.
  std::vector<Coordinate> coordinates;
  Configuration configuration;
  std::string resolved;  ///< Canonical TOML of all that decides it (canonical.hpp).
};

struct Axis {
  std::string name;
  std::vector<std::string> labels;
};

struct Stage {
  std::string name;
  StageKind kind = StageKind::learn;
  std::vector<std::string> after;  ///< Names of the stages that must be done before.
  std::vector<Axis> axes;          ///< Those that say something to this stage; cells = their grid.
  std::vector<Cell> cells;
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
