#include "analysis/report/scene_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "analysis/report/html.hpp"

namespace seedbed::analysis {

namespace {

constexpr double most_width = 640, most_height = 420;

/// Kinds of strokes (engine/picture.hpp).
enum class StrokeKind { line, box, circle, text };

/// A tenth of a pixel is more than is seen; what lies far outside does so no further than this.
std::string pixels(double x) {
  constexpr double far = 1e5;
  x = std::clamp(x, -far, far);
  const std::string text = fmt::format("{:.1f}", x);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

}  // namespace

SceneSvg::SceneSvg(const Json& view) {
  const auto v = view.get<std::vector<double>>();
  const double dx = v.at(2) - v.at(0), dy = v.at(3) - v.at(1);
  x_low_ = v[0];
  y_high_ = v[3];
  scale_ = std::min(most_width / dx, most_height / dy);
  width_ = std::max(1, static_cast<int>(std::lround(scale_ * dx)));
  height_ = std::max(1, static_cast<int>(std::lround(scale_ * dy)));
}

std::string SceneSvg::mark(const Json& stroke) const {
  const auto n = stroke["numbers"].get<std::vector<double>>();
  const unsigned ink = stroke["ink"];
  const auto x = [&](double value) { return pixels((value - x_low_) * scale_); };
  const auto y = [&](double value) { return pixels((y_high_ - value) * scale_); };
  switch (static_cast<StrokeKind>(stroke["kind"].get<int>())) {
    case StrokeKind::line:
      return fmt::format(
          R"(<line class="ink{}" stroke-width="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>)", ink,
          pixels(std::max(1.0, n[0] * scale_)), x(n[1]), y(n[2]), x(n[3]), y(n[4]));
    case StrokeKind::box:
      return fmt::format(R"(<rect class="ink{}" x="{}" y="{}" width="{}" height="{}"/>)", ink,
                         x(std::min(n[0], n[2])), y(std::max(n[1], n[3])),
                         pixels(std::abs(n[2] - n[0]) * scale_),
                         pixels(std::abs(n[3] - n[1]) * scale_));
    case StrokeKind::circle:
      return fmt::format(R"(<circle class="ink{}" cx="{}" cy="{}" r="{}"/>)", ink, x(n[0]), y(n[1]),
                         pixels(n[2] * scale_));
    case StrokeKind::text:
      return fmt::format(R"(<text class="ink{}" x="{}" y="{}" font-size="{}">{}</text>)", ink,
                         x(n[0]), y(n[1]), pixels(n[2] * scale_),
                         in_html(stroke["words"].get<std::string>()));
  }
  return "";
}

std::string SceneSvg::marks(const Json& picture, unsigned first_ink, unsigned last_ink) const {
  std::string all;
  for (const Json& stroke : picture) {
    const unsigned ink = stroke["ink"];
    if (first_ink <= ink && ink <= last_ink) all += mark(stroke);
  }
  return all;
}

}  // namespace seedbed::analysis
