#pragma once
#include <seedbed/backwards.hpp>
#include <seedbed/targets.hpp>

namespace seedbed {

/// G_t = r_t + gamma G_{t+1}, one target per step; 0 after the last one. In the scratch.
inline Targets returns_to_go(const Batch& batch, Scratch& scratch) {
  Targets G = Targets::per_step(batch, scratch);
  double* value = G.values();
  const double *reward = batch.raw().reward, gamma = batch.discount();
  backwards<double>(
      batch.raw(),
      [=](double& following, std::size_t sample) {
        value[sample] = following = reward[sample] + gamma * following;
      },
      [](std::size_t, double) {});
  return G;
}

/// R_i of each trajectory; [N], in the scratch.
inline const double* whole_returns(const Batch& batch, Scratch& scratch) {
  const double* power = discounts(batch.discount(), batch.horizon(), scratch);
  double* R = scratch.take(batch.episodes());
  for (Trajectory tau : batch) R[tau.index()] = discounted_return(tau, power);
  return R;
}

}  // namespace seedbed
