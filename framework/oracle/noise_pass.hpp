#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "engine/requests.hpp"
#include "oracle/exact.hpp"
#include "oracle/noise_tree.hpp"
#include "oracle/weighed_moments.hpp"

namespace seedbed {

/// What is certified over all noise: an estimator that plans its own requests, reads noise or works
/// on a process whose trajectories cannot be listed.
struct NoiseStudy {
  const Instance& estimator;
  const DecisionProblem& problem;  ///< One that exact() knows.
  std::vector<double> theta;
  std::size_t N;              ///< Episodes of a batch that nobody plans.
  std::vector<double> state;  ///< Of the estimator, before the batch.
  /// Where not empty: a batch at this theta comes first, and its commit makes the state. All is
  /// then the mean over both.
  std::vector<double> earlier_theta = {};
  std::size_t most = 1 << 17;  ///< work with one quadrature rule, in batches
};

/// One pass over every batch of a study, with one quadrature rule.
class NoisePass {
 public:
  NoisePass(const NoiseStudy& study, std::size_t nodes, Arena& arena);

  /// False: too many batches.
  bool run();
  const WeighedMoments& gradient() const { return gradient_; }
  /// Mean of grad J over the thetas of the requests; those that stand still are left out where
  /// others move. Only of an estimator of a smoothed J.
  std::vector<double> smoothed() const { return smoothed_.mean(); }
  bool counts_all() const;  ///< No quadrature rule is in it.
  std::size_t work() const { return study_.most - left_; }

  /// The estimator's state after the first batch of the enumeration.
  std::optional<std::vector<double>> some_state();

  /// Throws Error when the mean return of the episodes is not J.
  void demand_J(const Exact& truth);

 private:
  using Visit = std::function<void(const seedbed_batch&, double probability)>;
  bool each_batch(const std::vector<double>& theta, const std::vector<double>& state,
                  const Visit& visit);
  bool measure(const std::vector<double>& state, double weight);
  std::vector<double> committed(const seedbed_batch& batch, const std::vector<double>& theta);
  void smooth(const std::vector<Request>& requests, const std::vector<double>& theta,
              double weight);

  const NoiseStudy& study_;
  const seedbed_estimator& functions_;
  std::size_t nodes_;
  Arena& arena_;
  std::size_t left_;  // of study_.most
  seedbed_estimator_info info_;
  NoiseTree tree_;
  WeighedMoments gradient_, smoothed_;
  std::vector<bool> moves_;  // per request: whether its theta is another one
};

}  // namespace seedbed
