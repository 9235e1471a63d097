#pragma once
#include <seedbed/entry.hpp>

/// The drawing capability in C++ (plugin.h says what the functions mean). An environment with
///
///   View view() const;
///   void draw(const double* observation, const double* action, Canvas&) const;
///
/// lists {SEEDBED_ENVIRONMENT_DRAWING, &abi::environment_drawing<T>}.
namespace seedbed {

/// What is shown of the plane, in the plugin's own coordinates.
struct View {
  double x_low, y_low, x_high, y_high;
};

/// Where a plugin draws; ink: seedbed_ink.
class Canvas {
 public:
  explicit Canvas(seedbed_canvas* canvas) : canvas_(canvas) {}
  void line(seedbed_ink ink, double width, double x0, double y0, double x1, double y1) {
    canvas_->line(canvas_, ink, width, x0, y0, x1, y1);
  }
  void box(seedbed_ink ink, double x0, double y0, double x1, double y1) {
    canvas_->box(canvas_, ink, x0, y0, x1, y1);
  }
  void circle(seedbed_ink ink, double x, double y, double radius) {
    canvas_->circle(canvas_, ink, x, y, radius);
  }
  void text(seedbed_ink ink, double x, double y, double height, const char* text) {
    canvas_->text(canvas_, ink, x, y, height, text);
  }

 private:
  seedbed_canvas* canvas_;
};

namespace abi {

template <class T>
struct EnvironmentDrawing {
  static void view(const void* self, double* view) {
    const View v = as<T>(self).view();
    view[0] = v.x_low, view[1] = v.y_low, view[2] = v.x_high, view[3] = v.y_high;
  }
  static int32_t draw(const void* self, const double* observation, const double* action,
                      seedbed_canvas* canvas_, seedbed_message* message) {
    return guarded(message, [&] {
      Canvas canvas(canvas_);
      as<T>(self).draw(observation, action, canvas);
    });
  }
};

template <class T>
inline constexpr seedbed_drawing environment_drawing{EnvironmentDrawing<T>::view,
                                                     EnvironmentDrawing<T>::draw};

}  // namespace abi

}  // namespace seedbed
