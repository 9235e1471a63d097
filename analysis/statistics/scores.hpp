#pragma once
#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

namespace seedbed::statistics {

/// x[run][task]: one score of each replicate on each task. A task is whatever is to weigh the same:
/// an environment, or a cell of a sweep.
using Scores = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// c[run][task]: how often a resample has drawn that score. Of n runs each column sums to n.
using Counts = Eigen::Array<std::uint16_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The stratum of each task. Tasks of one stratum are drawn together, replicate by replicate: their
/// runs share noise. Strata are drawn independently of each other.
using Strata = std::vector<std::size_t>;

Strata common_noise(std::size_t tasks);       ///< One stratum: replicate r is whole on all tasks.
Strata independent_noise(std::size_t tasks);  ///< A stratum per task.

/// Every score once: the sample itself.
Counts each_once(const Scores& scores);

/// One task: values of replicates as scores [n][1].
Scores one_task(const std::vector<double>& values);

/// Throws Error unless there are 1 to 65535 runs of at least one task, and all scores are finite.
/// `where` begins the message.
void expect_scores(const Scores& scores, const std::string& where);

}  // namespace seedbed::statistics
