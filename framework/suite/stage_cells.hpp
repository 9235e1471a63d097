#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "suite/cell_reader.hpp"
#include "suite/grid.hpp"
#include "suite/theta_reader.hpp"

namespace seedbed {

/// Reads the stages of a suite with their cells, each stage after the one that its theta is of.
class StageCells {
 public:
  /// All must outlive it.
  StageCells(const Node& root, const SweepNode& sweep, const Registry& registry, CellReader& reader,
             Diagnostics& diagnostics);

  /// In the order of `nodes`. What is wrong goes to the diagnostics.
  std::vector<Stage> read(const std::vector<StageNode>& nodes);

  /// Which axes of the sweep say something to one of them.
  const std::vector<bool>& used() const { return used_; }

 private:
  /// The sweep as one stage sees it: with an axis `checkpoint`, if it takes theta at several.
  struct View {
    std::shared_ptr<const SweepNode> sweep;
    std::vector<bool> knows;  ///< One flag per axis.
  };
  View view_of(const StageNode& node, const View* source) const;
  Stage read_stage(const StageNode& node, const View& view, const Stage* source);
  std::vector<GridPoint> points_of(const StageNode& node, const Grid& grid);
  std::optional<Cell> read_cell(const StageNode& node, const Grid& grid, const GridPoint& point,
                                const ThetaCells* theta_cells);

  const Node& root_;
  const SweepNode& sweep_;
  const Registry& registry_;
  CellReader& reader_;
  Diagnostics& diagnostics_;
  std::vector<bool> used_;
};

}  // namespace seedbed
