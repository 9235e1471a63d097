#pragma once
#include <vector>

#include "engine/instance.hpp"
#include "oracle/contribution_moments.hpp"
#include "oracle/linear_gaussian_process.hpp"
#include "oracle/step_moments.hpp"

namespace seedbed {

/// REINFORCE on a linear-quadratic regulator, under every constant baseline. O(H^2 (n + m) D^2).
ReinforceMoments reinforce_moments(const LinearGaussianProcess& process);

/// g = sum_t psi_t T_t for targets that are quadratic in the noise, one per step.
ContributionMoments likelihood_ratio_moments(const LinearGaussianProcess& process,
                                             const std::vector<GaussianForm>& targets);

/// What decides the variance of reward-to-go, g_j = sum_t gamma^t psi_tj (G_t - b_tj), under every
/// b.
struct RewardToGoMoments {
  ContributionMoments without;  ///< b = 0
  std::vector<Dense> squares;   ///< [H] gamma^2t E psi_t psi_t', [d][d] each
  std::vector<Dense> products;  ///< [H] gamma^t E psi_t g', [d][d] each, of g without baselines
  StepMoments steps;            ///< Which b are best.

  ContributionMoments with_baselines(const Dense& b) const;  ///< b [H][d]
};

/// O(H^2 (n + m) D^2 + H d D^3).
RewardToGoMoments reward_to_go_moments(const LinearGaussianProcess& process);

/// Targets [H] gamma^t (G_t - b_t): for numbers b [H], for b_t = E G_t, for b_t = V_t(x_t); and the
/// exact critic's gamma^t (r_t + gamma V_{t+1}(x_{t+1}) - V_t(x_t)).
std::vector<GaussianForm> to_go(const LinearGaussianProcess& process, const std::vector<double>& b);
std::vector<GaussianForm> to_go_above_mean(const LinearGaussianProcess& process);
std::vector<GaussianForm> to_go_above_value(const LinearGaussianProcess& process);
std::vector<GaussianForm> temporal_differences(const LinearGaussianProcess& process);

/// Of a gradient whose components are forms: pull_back [d][p] applied to p of them.
ContributionMoments moments_of(const std::vector<GaussianForm>& g, const Dense& pull_back);

/// g = sum_t E[psi_t gamma^t G_t | x_t]: the integral over all actions.
ContributionMoments all_action_moments(const LinearGaussianProcess& process);

/// g = dR/dtheta with the noise held still: u_t = K x_t + sqrt(variance) z.
ContributionMoments pathwise_moments(const LinearGaussianProcess& process);

/// What one contribution of finite differences is made of: a regulator's theta and the distance
/// delta of the sides. Means of differences are differences of J, not the gradient.
struct Differences {
  const Instance &environment, &policy;
  Objective objective;
  std::vector<double> theta;
  double delta;
};

/// g_j = (R(theta + delta e_j) - R(theta - delta e_j)) / 2 delta from 2d trajectories, all on the
/// same noise or each on its own.
ContributionMoments central_on_common_noise(const Differences& differences);
ContributionMoments central_on_independent_noise(const Differences& differences);

/// g_j = (R(theta + delta e_j) - R(theta)) / delta from d + 1 trajectories: R(theta) is that of one
/// trajectory for all components.
ContributionMoments forward_on_common_noise(const Differences& differences);
ContributionMoments forward_on_independent_noise(const Differences& differences);

}  // namespace seedbed
