#pragma once
#include <cstdint>
#include <vector>

#include "engine/arena.hpp"
#include "engine/decision_problem.hpp"

namespace seedbed {

/// tr Cov(g) of one contribution g by each of these formulas (seedbed_formula), exact up to
/// rounding; NaN where no oracle knows it: for other formulas, other problems than a finite process
/// or a linear-quadratic regulator, and more than 512 parameters, whose covariance is a matrix.
std::vector<double> formula_variances(const DecisionProblem& problem,
                                      const std::vector<double>& theta,
                                      const std::vector<std::uint32_t>& formulas, Arena& arena);

}  // namespace seedbed
