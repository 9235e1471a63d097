#include "engine/picture.hpp"

#include <fmt/format.h>

#include <cmath>

#include "engine/call.hpp"
#include "loader/registry.hpp"

namespace seedbed {

namespace {

constexpr std::size_t most_strokes = 10000;

const seedbed_drawing& drawing_of(const Instance& environment) {
  return *static_cast<const seedbed_drawing*>(
      environment.plugin().capability(SEEDBED_ENVIRONMENT_DRAWING));
}

Error drawing_error(const Instance& environment, const std::string& what) {
  return Error(environment.plugin().title() + ": draw: expected " + what, Exit::tasks_failed);
}

/// The receiving end of seedbed_canvas.
struct Paper : seedbed_canvas {
  Paper() {
    line = [](seedbed_canvas* self, uint32_t ink, double width, double x0, double y0, double x1,
              double y1) {
      add(self, {Stroke::line, ink, {width, x0, y0, x1, y1}, {}});
    };
    box = [](seedbed_canvas* self, uint32_t ink, double x0, double y0, double x1, double y1) {
      add(self, {Stroke::box, ink, {x0, y0, x1, y1}, {}});
    };
    circle = [](seedbed_canvas* self, uint32_t ink, double x, double y, double radius) {
      add(self, {Stroke::circle, ink, {x, y, radius}, {}});
    };
    text = [](seedbed_canvas* self, uint32_t ink, double x, double y, double height,
              const char* words) {
      add(self, {Stroke::text, ink, {x, y, height}, words});
    };
  }

  static void add(seedbed_canvas* self, Stroke stroke) {
    auto& paper = *static_cast<Paper*>(self);
    if (++paper.strokes <= most_strokes) paper.picture.push_back(std::move(stroke));
  }

  Picture picture;
  std::size_t strokes = 0;
};

double size_of(const Stroke& stroke) {
  if (stroke.kind == Stroke::box) return 0.0;
  return stroke.kind == Stroke::line ? stroke.numbers[0] : stroke.numbers[2];
}

void check(const Instance& environment, const Paper& paper) {
  if (paper.strokes > most_strokes)
    throw drawing_error(
        environment, fmt::format("at most {} lines, boxes, circles and texts, got {}", most_strokes,
                                 paper.strokes));
  for (const Stroke& stroke : paper.picture) {
    for (const double number : stroke.numbers)
      if (!std::isfinite(number))
        throw drawing_error(environment, fmt::format("finite numbers, got {}", number));
    if (stroke.ink > SEEDBED_INK_TRAIL)
      throw drawing_error(environment, fmt::format("an ink of 0 to 5, got {}", stroke.ink));
    if (size_of(stroke) < 0.0)
      throw drawing_error(environment,
                          fmt::format("no negative width or size, got {}", size_of(stroke)));
  }
}

}  // namespace

bool draws(const Instance& environment) {
  return environment.plugin().capability(SEEDBED_ENVIRONMENT_DRAWING) != nullptr;
}

std::vector<double> view_of(const Instance& environment) {
  std::vector<double> view(4, 0.0);
  drawing_of(environment).view(environment.self(), view.data());
  const bool finite = std::isfinite(view[2] - view[0]) && std::isfinite(view[3] - view[1]);
  if (!finite || !(view[0] < view[2]) || !(view[1] < view[3]))
    throw drawing_error(environment, fmt::format("a finite view, low < high, got x {} to {}, y {} "
                                                 "to {}",
                                                 view[0], view[2], view[1], view[3]));
  return view;
}

Picture picture_of(const Instance& environment, const double* observation, const double* action) {
  Paper paper;
  call(environment, "draw", [&](seedbed_message* message) {
    return drawing_of(environment).draw(environment.self(), observation, action, &paper, message);
  });
  check(environment, paper);
  return std::move(paper.picture);
}

}  // namespace seedbed
