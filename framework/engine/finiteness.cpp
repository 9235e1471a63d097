#include "engine/finiteness.hpp"

#include <fmt/format.h>
#include <seedbed/error.hpp>

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

/// x - x is 0 for finite x, else NaN, in any order.
bool all_finite(const double* x, std::size_t n) {
  double sum = 0.0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t j = 0; j < n; ++j) sum += x[j] - x[j];
  return sum == 0.0;
}

}  // namespace

void demand_finite(const DecisionProblem& problem, const Recording& recording,
                   std::uint64_t episode, std::uint32_t iteration) {
  const std::size_t begin = recording.begin[episode], steps = recording.length[episode];
  const auto look = [&](const Rows& rows, const Instance& who, const char* what) {
    for (std::size_t i = 0; i < rows.rows(); ++i) {
      const double* x = rows.row(i) + begin;
      if (all_finite(x, steps)) continue;
      const auto at = std::find_if(x, x + steps, [](double v) { return !std::isfinite(v); });
      throw Error(fmt::format("{}: {}: expected finite numbers, got {} at iteration {}, episode "
                              "{}, step {}",
                              who.plugin().title(), what, *at, iteration, episode, at - x),
                  Exit::tasks_failed);
    }
  };
  look(recording.observation, problem.environment(), "observation");
  look(recording.action, problem.policy(), "action");
  look(recording.reward, problem.environment(), "reward");
  look(recording.log_prob, problem.policy(), "log pi");
  const double terminated = recording.terminated.row(0)[episode];
  if (terminated != 0.0 && terminated != 1.0)
    throw Error(fmt::format("{}: terminated: expected 0 or 1, got {} at iteration {}, episode {}, "
                            "step {}",
                            problem.environment().plugin().title(), terminated, iteration, episode,
                            steps - 1),
                Exit::tasks_failed);
}

}  // namespace seedbed
