#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "suite/suite.hpp"
#include "suite/sweep.hpp"

namespace seedbed {

/// A point of the sweep as one stage sees it.
struct GridPoint {
  std::uint64_t index = 0;          ///< In the product of the stage's dimensions, the last fastest.
  std::vector<std::size_t> values;  ///< Of each axis of the sweep; DimensionNode::unset: none.
};

/// Which axes of the sweep say something to a stage: one flag per axis.
std::vector<bool> speaking_axes(const SweepNode& sweep, const StageNode& stage);

/// The dimensions in which the cells of one stage lie, and the points that are cells.
///
/// A stage knows some axes of the sweep. Its dimensions are those of the sweep without the others
/// (points of a zip or a list that then are the same become one), and its cells are all that a
/// point of the whole sweep at which `when` holds looks like to it.
class Grid {
 public:
  /// `speaking`: the axes that the stage knows. The others must outlive the grid.
  Grid(const Node& root, const StageNode& stage, const SweepNode& sweep,
       const std::vector<bool>& speaking);

  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  std::vector<Axis> axes() const;  ///< Those of all dimensions, each label once.

  /// Ascending by index. Empty: `when` keeps nothing. Precondition: !too_many().
  std::vector<GridPoint> points() const;
  /// The points to look at are more than `most_points`.
  bool too_many() const;
  static constexpr std::uint64_t most_points = 1000000;

  /// Where a point lies: the axes in the order of the text, without those that it leaves unset.
  std::vector<Coordinate> coordinates(const GridPoint& point) const;
  /// What the cell is read from.
  Tree tree(const GridPoint& point) const;

 private:
  void add_dimension(const DimensionNode& node);
  bool keeps(const std::vector<std::size_t>& values) const;

  const StageNode& stage_;
  const SweepNode& sweep_;
  std::vector<bool> speaking_;
  Tree base_;
  std::vector<Dimension> dimensions_;
  std::vector<std::size_t> put_order_;  ///< Axes, short paths first.
  /// projected_[d][k]: where point k of the sweep's dimension d lies in the stage's; stride_[d]: of
  /// that dimension in the index; 0 where the stage does not know it.
  std::vector<std::vector<std::uint64_t>> projected_;
  std::vector<std::uint64_t> stride_;
};

}  // namespace seedbed
