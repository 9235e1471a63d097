#pragma once
#include <string>
#include <vector>

#include "analysis/report/results.hpp"
#include "analysis/report/series.hpp"
#include "analysis/statistics/scores.hpp"

namespace seedbed::analysis {

/// The curve of a cell in a figure. Never empty.
struct CurveLine {
  std::string label, panel;
  Curve curve;
  bool diverged = false;
  /// Mean over the last tenth of the iterations of each replicate that is there, as
  /// curve.run_number; -infinity of what diverged (stage_table.hpp).
  std::vector<double> final_return;
  /// These as [n][1], what diverged by the lowest double.
  statistics::Scores final_scores() const;
};

/// The curves of a stage: with several axes the one of the fewest values makes the panels, the
/// others the series.
struct Curves {
  Series series;
  std::vector<std::string> panels;  ///< "optimizer.step = 1e-3"; one of "" without panels.
  std::vector<CurveLine> lines;
  std::size_t left_out = 0;  ///< Cells that no palette tells apart.
};

Curves curves_of(const Results& results, const Stage& stage);

}  // namespace seedbed::analysis
