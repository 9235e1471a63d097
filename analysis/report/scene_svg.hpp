#pragma once
#include <string>

#include "analysis/report/points.hpp"

namespace seedbed::analysis {

/// Strokes of a drawn environment as SVG: its plane, y upwards, in pixels, y downwards, the same
/// scale on both axes. An ink is a class, "ink0" to "ink5", which page.css colours.
class SceneSvg {
 public:
  /// `view`: x_low, y_low, x_high, y_high.
  explicit SceneSvg(const Json& view);

  int width() const { return width_; }
  int height() const { return height_; }

  /// The strokes of a picture in these inks, one element each.
  std::string marks(const Json& picture, unsigned first_ink, unsigned last_ink) const;

 private:
  std::string mark(const Json& stroke) const;

  double x_low_, y_high_, scale_;
  int width_, height_;
};

}  // namespace seedbed::analysis
