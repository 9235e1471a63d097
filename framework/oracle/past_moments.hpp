#pragma once
#include <span>
#include <vector>

#include "oracle/step_scores.hpp"

namespace seedbed {

/// Moments of what the steps before t left, in each state s_t: the decayed scores
///
///   z_t = sum_{k<t} x^{t-k} y^k psi_k      x = gamma lambda, y the decay
///
/// and B_t, by which REINFORCE multiplies psi_t beside y^t A_t: -b and the rewards before t. Zero
/// in states that are not reached.
struct PastMoments {
  PastMoments(std::size_t states, std::size_t d)
      : one(states, 0.0),
        B(states, 0.0),
        BB(states, 0.0),
        z(states * d, 0.0),
        zz(states * d, 0.0),
        Bz(states * d, 0.0) {}
  std::vector<double> one, B, BB;  ///< [S] of 1{s}, B 1{s}, B^2 1{s}
  std::vector<double> z, zz, Bz;   ///< [S][d] of z_j 1{s}, z_j^2 1{s}, B z_j 1{s}

  /// To s' = `to` of the next step, with probability `weight`:
  ///
  ///   z' = x (z + e)      B' = B + r
  ///
  /// where e = y^t psi_t, of which `y` is the factor.
  void carry(std::size_t s, double weight, double x, double y,
             std::span<const StepScores::Entry> psi, double r, std::size_t to,
             PastMoments& next) const {
    const std::size_t d = z.size() / one.size(), i = s * d, k = to * d;
    next.one[to] += weight * one[s];
    next.B[to] += weight * (B[s] + r * one[s]);
    next.BB[to] += weight * (BB[s] + 2.0 * r * B[s] + r * r * one[s]);
    for (std::size_t j = 0; j < d; ++j) {
      next.z[k + j] += weight * x * z[i + j];
      next.zz[k + j] += weight * x * x * zz[i + j];
      next.Bz[k + j] += weight * x * (Bz[i + j] + r * z[i + j]);
    }
    for (const auto& [j, value] : psi) {
      const double e = y * value;
      next.z[k + j] += weight * x * e * one[s];
      next.zz[k + j] += weight * x * x * e * (2.0 * z[i + j] + e * one[s]);
      next.Bz[k + j] += weight * x * e * (B[s] + r * one[s]);
    }
  }
};

}  // namespace seedbed
