#pragma once
#include <vector>

#include "diagnostics/reference.hpp"
#include "engine/configuration.hpp"
#include "engine/decision_problem.hpp"
#include "engine/noise.hpp"

namespace seedbed {

/// The gradient of J at theta where no oracle knows it: the mean of independent batches under noise
/// of its own, by the first of the configuration's estimators that declares itself unbiased for the
/// gradient of J. Kind "none" when there is no such estimator or reference_batches is 0.
///
/// It ends when the relative error (Reference) is at most reference_error, which is looked at after
/// 64, 128, 256, ... batches: so few looks hardly favour a lucky one; or after reference_batches.
Reference monte_carlo_reference(const DecisionProblem& problem, const Configuration& configuration,
                                const std::vector<double>& theta, const Noise& noise);

}  // namespace seedbed
