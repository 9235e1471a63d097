#pragma once
#include <seedbed/simd.hpp>

#include "shape.hpp"

namespace seedbed {

/// θ as it comes, and rounded to float where somebody has done that already.
struct Theta {
  const double* exact;
  const float* rounded = nullptr;

  Theta(const double* exact) : exact(exact) {}
  Theta(const double* exact, const float* rounded) : exact(exact), rounded(rounded) {}
};

inline void round(const double* theta, std::size_t d, float* rounded) {
  using S = Simd<float>;
  std::size_t i = 0;
  for (; i + S::width <= d; i += S::width) S::store(rounded + i, S::rounded(theta + i));
  for (; i < d; ++i) rounded[i] = static_cast<float>(theta[i]);
}

}  // namespace seedbed
