#pragma once
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "loader/registry.hpp"

namespace seedbed {

/// What an estimator does on one small process, exactly: every batch of N episodes, or of as many
/// as it plans for N, weighed with its probability.
struct Behaviour {
  std::string process;  ///< name of its file
  std::uint64_t horizon = 0, N = 0;
  double discount = 1.0;
  bool later = false;         ///< with the state after an earlier batch, not the first one
  std::vector<double> truth;  ///< [d] the exact estimand
  std::vector<double> bias;   ///< [d] mean of the estimate minus the estimand
  double variance = 0.0;      ///< trace of the exact covariance
  /// What quadrature leaves open: of any component of the bias, and of the variance.
  double bias_error = 0.0, variance_error = 0.0;
  double reinforce = 0.0;   ///< variance of REINFORCE from N episodes
  double best = 0.0;        ///< the smallest of an unbiased estimator that the oracle knows
  bool unbiased = false;    ///< within rounding and the quadrature's error
  bool as_declared = true;  ///< the class, or the very size of the bias where that is declared
};

/// Where no answer was had, and why.
struct Omission {
  std::string process;
  std::uint64_t N = 0;  ///< 0: on the process at all
  bool later = false;
  std::string reason;
};

/// The bias on the whole distribution as a batch, and on it eight times: N to infinity.
struct Limit {
  std::string process;
  double bias = 0.0, bias_of_eight = 0.0;  ///< norms
  bool vanishes = false;
};

/// A unit test for an estimator.
struct Certification {
  std::string title;  ///< "estimator 'reinforce' 1.0.0"
  std::string estimand, declared, coupling;
  double relative_bias = 0.0;  ///< declared, for the largest N; 0: none
  std::vector<Behaviour> behaviours;
  std::vector<Limit> limits;  ///< Of an estimator that is declared consistent.
  std::vector<Omission> omissions;
  std::string failure;  ///< Of the estimator on some batch; "" when it had an answer to all.
  bool passed = false;  ///< what was found is what the plugin declares
  /// Of a biased estimator: how far the Jacobian of its mean is from symmetric, relative; the mean
  /// is the gradient of a function only where this is 0. NaN where it was not looked at.
  double curl = NAN;
  std::string verdict;  ///< one sentence
};

/// Certifies the estimator `name` with `settings` ("baseline=leave-one-out") on every process of
/// `folder` (suites with one gradient stage, whose `episodes` is the largest N) that has what it
/// needs. Throws Error: no such plugin, a setting that it refuses, no process for it.
Certification certify_on_all(const std::filesystem::path& folder, const std::string& name,
                             const std::vector<std::string>& settings, const Registry& registry);

}  // namespace seedbed
