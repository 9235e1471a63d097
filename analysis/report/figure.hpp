#pragma once
#include <optional>
#include <string>

#include "analysis/report/results.hpp"

namespace seedbed::analysis {

/// Mean return against iteration, one line per cell with a band of its 95 % interval. With several
/// axes the one of the fewest values makes the panels, the others the lines. What diverged leaves
/// the panel, and the caption says so. Nothing when the stage has no returns.
std::optional<std::string> learning_curves(const Results& results, const Stage& stage);

/// Trace of the variance of each estimator on a logarithmic axis, one row per cell and estimator.
std::optional<std::string> variances(const Results& results, const Stage& stage);

/// "<title> · <suite hash, shortened>", for the foot of every figure.
std::string origin(const Results& results);

}  // namespace seedbed::analysis
