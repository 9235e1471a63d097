#pragma once
#include <seedbed/plugin.h>

#include <vector>

#include "engine/configuration.hpp"
#include "engine/instance.hpp"
#include "oracle/dense.hpp"
#include "oracle/gaussian_form.hpp"

namespace seedbed {

/// A linear-quadratic environment under a linear-Gaussian policy at one theta: states, actions and
/// rewards as functions of all the noise of a trajectory, one standard normal vector
/// z = (x_0's n, then for every step the action's m and the state's n), D = n + H(m + n).
///
/// Natural parameters of the policy: K [m][n], then the m variances; p = m(n + 1).
class LinearGaussianProcess {
 public:
  /// Whether both have the capabilities that this needs.
  static bool supports(const Instance& environment, const Instance& policy);

  /// Throws Error when a capability is missing, or the forms of all steps take more than 512 MiB.
  LinearGaussianProcess(const Instance& environment, const Instance& policy,
                        const Objective& objective, const std::vector<double>& theta);

  std::size_t H() const { return objective_.horizon; }
  std::size_t n() const { return A.rows; }
  std::size_t m() const { return B.columns; }
  std::size_t D() const { return n() + H() * (m() + n()); }
  double gamma() const { return objective_.discount; }
  double discount(std::size_t t) const;  ///< gamma^t
  std::size_t known_at(std::size_t t) const { return n() + t * (m() + n()); }  ///< x_t is of these

  /// Affine functions of z, as rows [.][D+1].
  const Dense& state(std::size_t t) const { return x_[t]; }   ///< x_t [n], t = 0 .. H
  const Dense& action(std::size_t t) const { return u_[t]; }  ///< u_t [m]
  Dense exploration(std::size_t t) const;                     ///< e_t = u_t - K x_t [m]

  GaussianForm reward(std::size_t t) const;  ///< r_t
  /// sum over k >= t of gamma^k r_k for every t = 0 .. H; the first is R, the last 0.
  std::vector<GaussianForm> returns_from() const;

  /// (dnatural/dtheta)' applied: [d][p]
  const Dense& pull_back() const { return pull_back_; }

  Dense A, B, Q, R, Q_next, K;
  std::vector<double> variance;  ///< [m]

 private:
  void unroll(const seedbed_linear_quadratic_model& model);

  Objective objective_;
  Dense pull_back_;
  std::vector<Dense> x_, u_;
};

}  // namespace seedbed
