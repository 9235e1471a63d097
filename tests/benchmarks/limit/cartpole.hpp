#pragma once
#include <cstddef>

#include "limit/vector_math.hpp"

namespace seedbed::limit {

inline constexpr std::size_t lanes = 48;

/// The state of a block of CartPole-v1, one column per lane.
struct Cartpoles {
  alignas(64) double x[lanes], x_dot[lanes], theta[lanes], theta_dot[lanes], ended[lanes];

  /// One step of every lane. action: 0 or 1.
  void step(const double* action) {
#pragma omp simd
    for (std::size_t j = 0; j < lanes; ++j) {
      double sine, cosine;
      small_sincos(theta[j], sine, cosine);  // |theta| < 0.21 + one step
      const double push = std::fma(action[j], 20.0, -10.0);
      const double q = (push + 0.05 * theta_dot[j] * theta_dot[j] * sine) * (1.0 / 1.1);
      const double theta_acceleration =
          (9.8 * sine - cosine * q) / (2.0 / 3.0 - (0.05 / 1.1) * cosine * cosine);
      const double x_acceleration = q - (0.05 / 1.1) * theta_acceleration * cosine;
      x[j] += 0.02 * x_dot[j];
      x_dot[j] += 0.02 * x_acceleration;
      theta[j] += 0.02 * theta_dot[j];
      theta_dot[j] += 0.02 * theta_acceleration;
      const double off = x[j] * x[j] > 2.4 * 2.4 ? 1.0 : 0.0;
      ended[j] = theta[j] * theta[j] > 0.20943951023931953 * 0.20943951023931953 ? 1.0 : off;
    }
  }

  /// A new episode in lane j from four uniforms.
  void reset(std::size_t j, const double* u) {
    x[j] = -0.05 + 0.1 * u[0];
    x_dot[j] = -0.05 + 0.1 * u[1];
    theta[j] = -0.05 + 0.1 * u[2];
    theta_dot[j] = -0.05 + 0.1 * u[3];
  }
};

}  // namespace seedbed::limit
