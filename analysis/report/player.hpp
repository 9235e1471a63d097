#pragma once
#include <string>
#include <vector>

#include "analysis/report/points.hpp"

namespace seedbed::analysis {

/// Recorded episodes of a cell: what its environment drew of them (proof/scenes.hpp), or why it did
/// not.
struct CellEpisodes {
  std::string cell;
  Json drawn;
  std::string problem;  ///< Its first line is shown.
};

/// HTML in which one looks at them, step by step; player.js moves it. Without that script and on
/// paper it shows a first picture. Of environments that draw nothing and of problems it says so.
std::string player(const std::string& stage, const std::vector<CellEpisodes>& cells);

}  // namespace seedbed::analysis
