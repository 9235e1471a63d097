#pragma once
#include <cstdint>

#include "engine/sampler.hpp"

namespace seedbed {

/// tr Var(ĝ) as one batch says it of its own estimate. How depends on what hangs together: the
/// declared coupling, and the design. NaN where there is no rule, or too few units.
///
/// Independent contributions:       sum_i |g_i - ĝ|^2 / (N (N-1))
/// Pairs, i with i + N/2:           the same of the N/2 means of two
/// U-statistics and ratios:         the jackknife of the estimate over at most 16 groups of
///                                  trajectories (of pairs, where there are pairs), by calling the
///                                  estimator on the others. Its expectation is not below the
///                                  variance, and above it by O(1/N^2): of a U-statistic of order 2
///                                  the part 2 zeta/(N(N-1)) counts 2(N-1)/(N-2) times.
/// Chains, earlier iterations, an explicit gradient of independent contributions, and U-statistics
/// of planned batches: NaN.
/// Source: Efron & Stein 1981.
class WithinVariance {
 public:
  /// `shape`: what the batches carry that the estimator will see.
  WithinVariance(const EstimatorInUse& estimator, bool antithetic, const BatchShape& shape);

  bool needs_contributions() const { return rule_ == Rule::pairs; }
  bool calls_the_estimator() const { return rule_ == Rule::jackknife; }
  /// Weightings that one batch costs beside its own.
  static constexpr std::uint64_t most_groups = 16;

  /// `estimate` is what `estimator` made of `batch` from `state`. `arena`, `scores`: memory.
  double of(const Estimate& estimate, const Instance& estimator, const std::vector<double>& state,
            const Instance& policy, const seedbed_batch& batch, const std::vector<double>& theta,
            Arena& arena, SharedScores& scores) const;

 private:
  enum class Rule { none, independent, pairs, jackknife };
  double of_jackknife(const Estimate& estimate, const Instance& estimator,
                      const std::vector<double>& state, const Instance& policy,
                      const seedbed_batch& batch, const std::vector<double>& theta, Arena& arena,
                      SharedScores& scores) const;

  Rule rule_;
  bool pairs_;
  BatchShape shape_;
};

}  // namespace seedbed
