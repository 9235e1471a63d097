#pragma once
#include <seedbed/components.hpp>
#include <seedbed/discounted_sums.hpp>
#include <seedbed/pack.hpp>

namespace seedbed {

/// G_t = r_t + gamma G_{t+1}, one target per step; 0 after the last one. In the scratch.
inline Targets returns_to_go(const Batch& batch, Scratch& scratch) {
  Targets G = Targets::per_step(batch, scratch);
  const seedbed_batch& b = batch.raw();
  for (std::size_t i = 0; i < b.episodes; ++i)
    discounted_sums(b.reward + b.begin[i], b.length[i], b.discount, G.values() + b.begin[i]);
  return G;
}

/// w_t = gamma^t (G_t - b_t), what reward-to-go weighs scores by; weight: [samples].
inline void weights_to_go(const Batch& batch, const Baseline& baseline, const double* state,
                          double* weight, Scratch& scratch) {
  const double* power = discounts(batch.discount(), batch.horizon(), scratch);
  const auto each = [&](auto&& weigh) {
    for (Trajectory tau : batch)
      weigh(tau.sample(0), static_cast<std::size_t>(tau.length()), weight + tau.sample(0));
  };
  if (baseline.is_none())
    return each([&](std::size_t first, std::size_t n, double* w) {
      discounted_sums(batch.raw().reward + first, n, batch.discount(), w, power);
    });
  Targets targets = returns_to_go(batch, scratch);
  const double *G = targets.values(), *b = baseline.values(batch, targets, state, scratch);
  each([&](std::size_t first, std::size_t n, double* w) {
    in_packs<1>(
        n, [&](auto t) { t.store(w, t.load(power) * (t.load(G + first) - t.load(b + first))); });
  });
}

/// R_i of each trajectory; [N], in the scratch.
inline const double* whole_returns(const Batch& batch, Scratch& scratch) {
  const double* power = discounts(batch.discount(), batch.horizon(), scratch);
  double* R = scratch.take(batch.episodes());
  for (Trajectory tau : batch) R[tau.index()] = discounted_return(tau, power);
  return R;
}

}  // namespace seedbed
