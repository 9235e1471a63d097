#pragma once
#include <seedbed/discounted_sums.hpp>
#include <seedbed/targets.hpp>

namespace seedbed {

/// G_t = r_t + gamma G_{t+1}, one target per step; 0 after the last one. In the scratch.
inline Targets returns_to_go(const Batch& batch, Scratch& scratch) {
  Targets G = Targets::per_step(batch, scratch);
  const seedbed_batch& b = batch.raw();
  for (std::size_t i = 0; i < b.episodes; ++i)
    discounted_sums(b.reward + b.begin[i], b.length[i], b.discount, G.values() + b.begin[i]);
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
