#pragma once
#include <vector>

#include "oracle/dense.hpp"

namespace seedbed {

/// F^+ grad J, [d]: the natural gradient for the Fisher matrix F [d][d] of the trajectories. Of a
/// policy with parameters that say the same, F is singular: this is the shortest of the solutions
/// of F w = grad J. Eigenvalues up to 1e-10 of the largest count as 0, and what grad J has along
/// their eigenvectors, which is rounding where F and grad J are of one policy, is left out.
///
/// Source: Kakade 2001; Peters & Schaal 2008, section 4.
std::vector<double> natural_direction(const Dense& F, const std::vector<double>& gradient);

}  // namespace seedbed
