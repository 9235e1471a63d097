#include "analysis/report/svg.hpp"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

#include "analysis/report/table.hpp"

namespace seedbed::analysis {

namespace {

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += c;
    }
  }
  return result;
}

// Two decimals are a hundredth of a pixel; trailing zeros only make the file larger.
std::string pixels(double value) {
  std::string text = fmt::format("{:.2f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string drawn(const Stroke& stroke) {
  std::string text = fmt::format(R"( stroke="{}" stroke-width="{}")", stroke.colour,
                                 pixels(stroke.width));
  if (!stroke.dashes.empty()) text += fmt::format(R"( stroke-dasharray="{}")", stroke.dashes);
  return text;
}

bool is_finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

}  // namespace

Svg::Svg(double width, double height, const std::string& title, const std::string& description) {
  body_ = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" )"
      R"(viewBox="0 0 {0} {1}" role="img" )"
      R"(font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">)"
      "\n<title>{2}</title>\n<desc>{3}</desc>\n"
      R"(<rect width="{0}" height="{1}" fill="#ffffff"/>)"
      "\n",
      pixels(width), pixels(height), escaped(title), escaped(description));
}

void Svg::line(Point from, Point to, const Stroke& stroke) {
  body_ += fmt::format(R"(<line x1="{}" y1="{}" x2="{}" y2="{}"{}/>)", pixels(from.x),
                       pixels(from.y), pixels(to.x), pixels(to.y), drawn(stroke)) +
           "\n";
}

void Svg::polyline(const std::vector<Point>& points, const Stroke& stroke) {
  std::string path;
  bool is_down = false;
  for (const Point& p : points) {
    if (is_finite(p)) path += (is_down ? "L" : "M") + pixels(p.x) + " " + pixels(p.y);
    is_down = is_finite(p);
  }
  if (path.empty()) return;
  body_ += fmt::format(R"(<path d="{}" fill="none" stroke-linejoin="round"{}/>)", path,
                       drawn(stroke)) +
           "\n";
}

void Svg::polygon(const std::vector<Point>& points, const std::string& fill, double opacity) {
  std::string path;
  for (const Point& p : points) path += pixels(p.x) + "," + pixels(p.y) + " ";
  body_ += fmt::format(R"(<polygon points="{}" fill="{}" fill-opacity="{}"/>)", path, fill,
                       pixels(opacity)) +
           "\n";
}

void Svg::circle(Point centre, double radius, const std::string& fill) {
  body_ += fmt::format(R"(<circle cx="{}" cy="{}" r="{}" fill="{}"/>)", pixels(centre.x),
                       pixels(centre.y), pixels(radius), fill) +
           "\n";
}

void Svg::cross(Point c, double radius, const Stroke& stroke) {
  line({c.x - radius, c.y - radius}, {c.x + radius, c.y + radius}, stroke);
  line({c.x - radius, c.y + radius}, {c.x + radius, c.y - radius}, stroke);
}

void Svg::text(Point at, const std::string& text, const TextStyle& style) {
  static constexpr const char* anchors[] = {"start", "middle", "end"};
  std::string more;
  if (style.weight != 400) more += fmt::format(R"( font-weight="{}")", style.weight);
  if (style.upright)
    more += fmt::format(R"x( transform="rotate(-90 {} {})")x", pixels(at.x), pixels(at.y));
  body_ += fmt::format(R"(<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}"{}>)",
                       pixels(at.x), pixels(at.y), pixels(style.size),
                       anchors[static_cast<int>(style.anchor)], style.colour, more) +
           escaped(text) + "</text>\n";
}

void Svg::begin_clip(Point corner, double width, double height) {
  ++clips_;
  body_ += fmt::format(R"(<clipPath id="panel{0}"><rect x="{1}" y="{2}" width="{3}" height="{4}"/>)"
                       R"x(</clipPath><g clip-path="url(#panel{0})">)x"
                       "\n",
                       clips_, pixels(corner.x), pixels(corner.y), pixels(width), pixels(height));
}

void Svg::end_clip() { body_ += "</g>\n"; }

std::vector<std::string> wrapped(const std::string& text, double pixels, double size) {
  std::vector<std::string> lines(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    std::string& line = lines.back();
    if (line.empty())
      line = word;
    else if (text_width(line + " " + word, size) <= pixels)
      line += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

double text_width(const std::string& utf8, double size) {
  return 0.56 * size * static_cast<double>(width(utf8));
}

}  // namespace seedbed::analysis
