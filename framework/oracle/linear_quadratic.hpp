#pragma once
#include <seedbed/plugin.h>

#include <cstdint>
#include <vector>

#include "engine/configuration.hpp"

namespace seedbed {

/// J and its gradient for u = K x + e, e ~ N(0, diag(variance)).
struct LinearQuadraticValue {
  double J = 0.0;
  std::vector<double> dJ_dK;         ///< [m][n]
  std::vector<double> dJ_dvariance;  ///< [m]
};

/// Exact up to rounding, by Riccati-like recursions: O(H (n + m)^3). K is [m][n], row after row;
/// `variance` is [m]. Q, R and Q_next count by their symmetric parts.
LinearQuadraticValue solve(const seedbed_linear_quadratic_model& model,
                           const std::vector<double>& K, const std::vector<double>& variance,
                           const Objective& objective);

/// The K [m][n] that maximises J among gains that do not depend on time: a local maximum, found
/// from K = 0 by BFGS on the exact gradient. Throws Error when it does not settle.
std::vector<double> best_static_gain(const seedbed_linear_quadratic_model& model,
                                     const std::vector<double>& variance,
                                     const Objective& objective);

}  // namespace seedbed
