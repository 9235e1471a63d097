#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "loader/registry.hpp"

namespace seedbed {

/// What an estimator does on one small process, exactly: every batch of N trajectories, weighed
/// with its probability.
struct Finding {
  std::string process;  ///< name of its file
  std::uint64_t horizon = 0, N = 0;
  double discount = 1.0;
  bool later = false;         ///< with the state after an earlier batch, not the first one
  std::vector<double> truth;  ///< [d] the exact gradient
  std::vector<double> bias;   ///< [d] mean of the estimate minus the exact gradient
  double variance = 0.0;      ///< trace of the exact covariance
  double yardstick = 0.0;     ///< the same of the process file's own estimator
  bool unbiased = false;      ///< within rounding
};

/// A unit test for an estimator.
struct Certification {
  std::string title;  ///< "estimator 'reinforce' 1.0.0"
  std::string estimand, declared, coupling;
  std::vector<Finding> findings;
  std::string failure;  ///< Of the estimator on some batch; "" when it had an answer to all.
  bool judged = true;   ///< the estimand is one that is known exactly here
  bool passed = false;  ///< what was found is what the plugin declares
  /// Of a biased estimator: how far the Jacobian of its mean is from symmetric, relative; the mean
  /// is the gradient of a function only where this is 0. NaN where it was not looked at.
  double curl = 0.0;
  std::string verdict;  ///< one sentence
};

/// Certifies the estimator `name` with `settings` ("baseline=leave-one-out") on every process of
/// `folder` (suites with one gradient stage, whose `episodes` is the largest N). Throws Error: no
/// such plugin, a setting that it refuses, an estimator that no enumeration can feed.
Certification certify_on_all(const std::filesystem::path& folder, const std::string& name,
                             const std::vector<std::string>& settings, const Registry& registry);

}  // namespace seedbed
