#include "analysis/statistics/scores.hpp"

#include <limits>
#include <numeric>
#include <seedbed/error.hpp>

namespace seedbed::statistics {

Strata common_noise(std::size_t tasks) {
  return Strata(tasks, 0);
}

Strata independent_noise(std::size_t tasks) {
  Strata strata(tasks);
  std::iota(strata.begin(), strata.end(), std::size_t{0});
  return strata;
}

Counts each_once(const Scores& scores) {
  return Counts::Ones(scores.rows(), scores.cols());
}

Scores one_task(const std::vector<double>& values) {
  return Eigen::Map<const Scores>(values.data(), static_cast<Eigen::Index>(values.size()), 1);
}

void expect_scores(const Scores& scores, const std::string& where) {
  constexpr Eigen::Index most = std::numeric_limits<std::uint16_t>::max();
  if (scores.rows() < 1 || scores.cols() < 1 || scores.rows() > most)
    throw Error(where + ": expected 1 to 65535 runs of at least one task, got " +
                std::to_string(scores.rows()) + " runs of " + std::to_string(scores.cols()) +
                " tasks");
  for (Eigen::Index i = 0; i < scores.rows(); ++i)
    for (Eigen::Index k = 0; k < scores.cols(); ++k)
      if (!std::isfinite(scores(i, k)))
        throw Error(where + ": expected finite scores, got one of run " + std::to_string(i) +
                    ", task " + std::to_string(k) + " that is not");
}

}  // namespace seedbed::statistics
