#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/instance.hpp"

namespace seedbed {

/// One thing in a picture (plugin.h, seedbed_canvas).
struct Stroke {
  enum Kind : std::uint32_t { line, box, circle, text };
  Kind kind;
  std::uint32_t ink;            ///< seedbed_ink
  std::vector<double> numbers;  ///< width x0 y0 x1 y1 · x0 y0 x1 y1 · x y radius · x y height
  std::string words;            ///< of a text

  bool operator==(const Stroke&) const = default;
};
using Picture = std::vector<Stroke>;

bool draws(const Instance& environment);  ///< whether it has the drawing capability

/// x_low, y_low, x_high, y_high. Throws Error (exit 1) unless they are finite and low < high.
std::vector<double> view_of(const Instance& environment);

/// The picture of an observation; `action` null where none was taken. Throws Error (exit 1) when
/// draw fails, gives what is not finite, an unknown ink, a negative size or too much.
Picture picture_of(const Instance& environment, const double* observation, const double* action);

}  // namespace seedbed
