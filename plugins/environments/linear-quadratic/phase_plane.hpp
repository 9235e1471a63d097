#pragma once
#include <algorithm>
#include <cmath>
#include <seedbed/drawing.hpp>
#include <vector>

namespace seedbed {

/// The first two coordinates of a state as a point, where it has been as a trail, and what the
/// action adds to it, B u, as a line. Of one coordinate: a point on an axis.
///
/// The view is as wide as a state starts and is pushed: |m_0| + 3 sqrt(X_0) + 10 sqrt(W) of the
/// wider coordinate, and a quarter more.
struct PhasePlane {
  std::size_t n, m;
  const std::vector<double>&B, &W, &m_0, &X_0;  ///< row after row

  View view() const {
    double radius = 0.0;
    for (std::size_t i = 0; i < std::min<std::size_t>(n, 2); ++i)
      radius = std::max(radius, std::abs(m_0[i]) + 3.0 * std::sqrt(std::abs(X_0[i * n + i])) +
                                    10.0 * std::sqrt(std::abs(W[i * n + i])));
    radius = radius > 0.0 ? 1.25 * radius : 1.0;
    return {-radius, -radius, radius, radius};
  }

  void draw(const double* x, const double* u, Canvas& canvas) const {
    const double size = view().x_high, thin = 0.004 * size, y = n > 1 ? x[1] : 0.0;
    canvas.line(SEEDBED_INK_SCENE, thin, -size, 0.0, size, 0.0);
    if (n > 1) canvas.line(SEEDBED_INK_SCENE, thin, 0.0, -size, 0.0, size);
    canvas.text(SEEDBED_INK_SCENE, 0.93 * size, 0.06 * size, 0.08 * size, "x0");
    if (n > 1) canvas.text(SEEDBED_INK_SCENE, 0.08 * size, 0.93 * size, 0.08 * size, "x1");
    canvas.circle(SEEDBED_INK_TRAIL, x[0], y, 0.012 * size);
    if (u)
      canvas.line(SEEDBED_INK_ACCENT, 2.0 * thin, x[0], y, x[0] + pushed(0, u),
                  y + (n > 1 ? pushed(1, u) : 0.0));
    canvas.circle(SEEDBED_INK_BODY, x[0], y, 0.035 * size);
  }

 private:
  double pushed(std::size_t i, const double* u) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < m; ++k) sum += B[i * m + k] * u[k];
    return sum;
  }
};

}  // namespace seedbed
