#pragma once
#include <string>
#include <utility>
#include <vector>

namespace seedbed::analysis {

struct Point {
  double x, y;
};

enum class Anchor { start, middle, end };

/// How text looks: size in pixels, colour, weight 400 or 600, turned by 90 degrees or not.
struct TextStyle {
  double size = 11;
  Anchor anchor = Anchor::start;
  std::string colour = "#222222";
  int weight = 400;
  bool upright = false;
};

struct Stroke {
  std::string colour;
  double width = 1;
  std::string dashes;  ///< "6 3"; "" for a whole line.
};

/// Writes a stand-alone SVG file of `width` x `height` pixels on white.
class Svg {
 public:
  Svg(double width, double height, const std::string& title, const std::string& description);

  void line(Point from, Point to, const Stroke& stroke);
  /// Breaks where a point is not finite.
  void polyline(const std::vector<Point>& points, const Stroke& stroke);
  void polygon(const std::vector<Point>& points, const std::string& fill, double opacity);
  void circle(Point centre, double radius, const std::string& fill);
  void cross(Point centre, double radius, const Stroke& stroke);
  void text(Point at, const std::string& text, const TextStyle& style = {});
  /// What is drawn until end_clip() shows inside of the rectangle only.
  void begin_clip(Point corner, double width, double height);
  void end_clip();

  std::string text() const { return body_ + "</svg>\n"; }

 private:
  std::string body_;
  int clips_ = 0;
};

/// The lines of a text that is broken between words to fit in so many pixels.
std::vector<std::string> wrapped(const std::string& text, double pixels, double size);

/// Rough width in pixels of a text in a sans-serif face.
double text_width(const std::string& utf8, double size);

}  // namespace seedbed::analysis
