#pragma once
#include <optional>
#include <string>
#include <vector>

#include "analysis/report/figure.hpp"
#include "analysis/report/series.hpp"

namespace seedbed::analysis {

/// A number with its interval, of one series in one cell of a sweep.
struct Reading {
  std::string series, cell;
  std::string along;  ///< Its place on the axis that the lines run along; "" without one.
  double value, low, high;
  double exact = NAN;                ///< What an oracle knows it to be.
  std::vector<double> replicates{};  ///< What it is the mean of, to be shown beside it.
};

/// A level that is drawn through a whole plot: the optimum.
struct Level {
  double value;
  std::string label;
};

/// One plot of a chart.
struct Quantity {
  std::string title;  ///< Of the axis, with its unit: "variance (reward²)".
  bool is_size;       ///< Positive, on a logarithmic axis whatever it spans.
  std::vector<Reading> readings;
  std::optional<Level> level = {};
};

/// The axis of a sweep that lines run along: batch sizes, checkpoints.
struct Along {
  std::string title;
  std::vector<std::string> labels;  ///< In order.
  bool is_number = false;
};

/// Quantities side by side, a row of plots per cell. With `along` they are lines against it, one
/// per series; without it every series has a row with a mark and its interval. Exact values are
/// crosses. A value of 0 or less has no place on a logarithmic axis and is left out.
struct Chart {
  std::vector<Quantity> quantities;
  std::string series_title;
  std::optional<Along> along;

  bool empty() const;
  /// `figure` has names and notes; those on how to read the chart are put before them.
  Figure figure(Figure figure) const;
};

/// Of the axes of a stage: one of batch sizes, else checkpoints, else numbers, three or more.
std::optional<std::size_t> axis_along(const Stage& stage);
Along along_axis(const Axis& axis);

/// "optimizer.step = 1e-3, horizon = 10": the labels of a cell on the axes not in `without`.
std::string cell_label(const Stage& stage, std::size_t cell,
                       const std::vector<std::size_t>& without);

}  // namespace seedbed::analysis
