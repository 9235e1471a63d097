#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/arena.hpp"
#include "engine/instance.hpp"

namespace seedbed {

/// J(theta) and its gradient, exact up to rounding.
struct Exact {
  double J = 0.0;
  std::vector<double> gradient;  ///< [d]
};

/// By the first oracle that the capabilities of the two allow: tabular with an enumerable policy,
/// or linear-quadratic with a linear-Gaussian one. None when there is no oracle for them.
/// Not covered: linear-Gaussian policies whose gain depends on the step.
std::optional<Exact> exact(const Instance& environment, const Instance& policy,
                           std::uint64_t horizon, double discount, const std::vector<double>& theta,
                           Arena& arena);

}  // namespace seedbed
