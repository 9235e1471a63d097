#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "suite/plan.hpp"

namespace seedbed {

/// What plan.json in a results folder says: all that reading the folder takes, without the suite
/// and without plugins.
struct PlanFile {
  static constexpr const char* name = "plan.json";

  struct Task {
    std::uint64_t replicate = 0;
    std::string id, file;            ///< As in Task (plan.hpp).
    std::vector<std::string> needs;  ///< Files of tasks.
  };
  struct Cell {
    std::string name;
    std::uint64_t index = 0;  ///< As in Cell (suite.hpp).
    std::vector<Coordinate> coordinates;
    double cost = 0.0;  ///< Nominal cost of each task (cost.hpp).
    std::vector<Task> tasks;
  };
  struct Stage {
    std::string name, kind;
    std::vector<std::string> after;
    std::vector<Dimension> dimensions;
    std::optional<double> optimum;  ///< Largest J, where it is known and the same in every cell.
    std::vector<Cell> cells;
  };

  std::string suite, title, question;
  std::string suite_path;                                       ///< As the command named it.
  std::vector<std::string> overrides;                           ///< As given with --set.
  std::string suite_hash;                                       ///< SHA-256 of the resolved suite.
  std::vector<std::pair<std::string, std::string>> provenance;  ///< Of results.h5.
  std::vector<Stage> stages;  ///< In the order of the plan: each after those it waits for.
};

/// Without suite_path, provenance and optima, which the suite does not know.
PlanFile plan_file_of(const Suite& suite, const Plan& plan);

/// JSON, without a line break but the last.
std::string text_of(const PlanFile& plan);

/// Reads <folder>/plan.json. Throws Error (exit 5) when there is none or it is none.
PlanFile read_plan_file(const std::filesystem::path& folder);

}  // namespace seedbed
