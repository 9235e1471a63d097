#pragma once
#include <cstddef>
#include <vector>

namespace seedbed {

/// What one call of a plugin is given to roll its dice with, and how likely that is.
struct NoiseNode {
  double weight = 1.0;
  std::vector<double> uniform, normal;

  NoiseNode mirrored() const;  ///< 1 - u and -z
};
using NoiseNodes = std::vector<NoiseNode>;

/// Every combination of the nodes of the quadrature rules (noise_rule.hpp) for so many numbers, and
/// how many there are.
NoiseNodes noise_grid(std::size_t uniforms, std::size_t normals, std::size_t nodes);
double grid_size(std::size_t uniforms, std::size_t normals, std::size_t nodes);

/// One uniform number: the middle of each piece of (0, 1) between the jumps, weighed with its
/// width.
NoiseNodes pieces_between(std::vector<double> jumps);

}  // namespace seedbed
