#pragma once
#include <seedbed/simd.hpp>

namespace seedbed {

/// θ as it comes, and rounded to float where somebody has done that already.
struct Theta {
  const double* exact;
  const float* rounded;

  Theta(const double* theta, const float* in_single = nullptr) : exact(theta), rounded(in_single) {}
};

/// θ [d] as floats in `memory`.
inline const float* round(const double* theta, std::size_t d, double* memory) {
  using S = Simd<float>;
  float* rounded = reinterpret_cast<float*>(memory);
  std::size_t i = 0;
  for (; i + S::width <= d; i += S::width) S::store(rounded + i, S::rounded(theta + i));
  for (; i < d; ++i) rounded[i] = static_cast<float>(theta[i]);
  return rounded;
}

}  // namespace seedbed
