#pragma once
#include <string>
#include <vector>

#include "analysis/report/results.hpp"
#include "analysis/report/scale.hpp"
#include "analysis/report/svg.hpp"

namespace seedbed::analysis {

/// One line of a panel: the curve of a cell.
struct Line {
  std::size_t style = 0;  ///< For line_style(); the same label has the same style in every panel.
  std::string label;      ///< For the legend.
  Curve curve;
  bool diverged = false;
};

struct Panel {
  std::string title;
  std::vector<Line> lines;
};

/// The panels of a stage, and how many cells were left out since no palette tells them apart.
struct Panels {
  std::vector<Panel> panels;
  std::vector<Line> legend;  ///< One line per style, without curves.
  std::string legend_title;  ///< Names of the axes that the lines stand for.
  std::size_t left_out = 0;
};
Panels panels_of(const Results& results, const Stage& stage);

/// Where a panel lies and what its axes say.
struct PanelFrame {
  Point corner;  ///< Top left.
  double width, height;
  bool has_y_labels, has_x_label;
};

/// Draws axes, grid, the optimum, bands and lines.
void draw_panel(Svg& svg, const Panel& panel, const PanelFrame& frame, const Scale& x,
                const Scale& y, const Stage& stage);

}  // namespace seedbed::analysis
