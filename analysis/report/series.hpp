#pragma once
#include <string>
#include <vector>

#include "analysis/report/points.hpp"

namespace seedbed::analysis {

/// What the colours, dashes and shapes of a figure tell apart: points have it as `series`.
struct Series {
  std::string title;                ///< Of the legend: names of the axes, "estimator".
  std::vector<std::string> labels;  ///< At most series_limit.
  bool is_marks = false;            ///< The legend shows shapes, not lines.

  Json colour() const;
  Json dash() const;
  Json shape() const;
  Json meta() const;  ///< For "usermeta": what the page makes its legend of; null of one series.
};

/// Okabe and Ito's colours (2008), which colour-blind readers can tell apart, without the yellow
/// that is hardly seen on white, and dashes: so many differ.
inline constexpr std::size_t series_limit = 14;

/// Which series are hidden is the variable `hidden` of a spec; this transform drops their points.
Json hidden_parameter();
Json shown_only();

/// "config" of a spec: fonts, grid, colours on white. The page has its own for dark.
Json look();

}  // namespace seedbed::analysis
