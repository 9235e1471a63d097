#pragma once
#include "analysis/report/results.hpp"
#include "analysis/report/table.hpp"

namespace seedbed::analysis {

/// One row per cell: coordinates, final return with its interval, median, first return, shares of
/// replicates that diverged or end below their start; iterations to the optimum where it is known.
Table learn_table(const Results& results, const Stage& stage);

/// One row per cell and estimator: what the stage measured of the estimator as a random vector.
Table gradient_table(const Results& results, const Stage& stage);

/// One row per cell of an evaluate stage: return with its interval, the exact J where it is known,
/// spread, undiscounted sum, length, shares of episodes that the process ended and of replicates
/// that diverged.
Table evaluation_table(const Results& results, const Stage& stage);

}  // namespace seedbed::analysis
