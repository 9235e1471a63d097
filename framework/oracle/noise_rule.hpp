#pragma once
#include <cstddef>
#include <vector>

namespace seedbed {

/// Values of one noise number and their weights, which sum to 1.
struct NoiseRule {
  std::vector<double> value, weight;
};

/// n nodes for a standard normal number: E f(z) is right for polynomials up to degree 2n - 1, and
/// where n is even for every function of the sign of z. Gauss-Hermite quadrature.
NoiseRule normal_rule(std::size_t n);

/// At least n nodes for a uniform number in (0, 1): right for polynomials up to degree n - 1 and
/// for every function that jumps at 1/2 (Rademacher noise). Gauss-Legendre quadrature on both
/// halves.
NoiseRule uniform_rule(std::size_t n);

}  // namespace seedbed
