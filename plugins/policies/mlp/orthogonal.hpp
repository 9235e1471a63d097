#pragma once
#include <algorithm>
#include <cmath>
#include <seedbed/math.hpp>
#include <vector>

namespace seedbed {

/// W [rows][columns] = gain times an orthogonal matrix, uniformly distributed: the Q of normal
/// numbers [rows * columns], by Gram-Schmidt, each step twice; its longer side is orthonormal only
/// as far as it can be. A vector of zeros, which normal numbers are not, stays one.
///
/// Source: Saxe, McClelland & Ganguli 2014; Giraud, Langou & Rozloznik 2005 for "twice is enough".
inline void orthogonal(const double* normal, std::size_t rows, std::size_t columns, double gain,
                       double* W) {
  const bool wide = columns >= rows;
  const std::size_t count = std::min(rows, columns), n = std::max(rows, columns);
  std::vector<double> q(normal, normal + rows * columns);  // [count][n]
  for (std::size_t i = 0; i < count; ++i) {
    double* v = q.data() + i * n;
    for (int pass = 0; pass < 2; ++pass)
      for (std::size_t k = 0; k < i; ++k) {
        const double *u = q.data() + k * n, along = math::dot(u, v, n);
        for (std::size_t j = 0; j < n; ++j) v[j] -= along * u[j];
      }
    const double norm = std::sqrt(math::dot(v, v, n));
    for (std::size_t j = 0; j < n && norm > 0.0; ++j) v[j] /= norm;
  }
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j)
      W[i * columns + j] = gain * (wide ? q[i * n + j] : q[j * n + i]);
}

}  // namespace seedbed
