#include "critic.hpp"

#include <algorithm>
#include <seedbed/cholesky.hpp>

namespace seedbed {

/// Normal equations: (1/n Σ φφᵀ + ridge I) w = 1/n Σ φ G.
void LinearCritic::fit(const Batch& batch, const double* G, double ridge, double* w,
                       Scratch& scratch) const {
  const std::size_t f = size();
  double* M = scratch.take(f * f);
  std::fill_n(M, f * f, 0.0);
  std::fill_n(w, f, 0.0);
  for (Trajectory tau : batch)
    for (std::int64_t t = 0; t < tau.length(); ++t)
      add(batch.raw().observation, tau.sample(t), G[tau.sample(t)], M, w);
  const auto n = static_cast<double>(batch.samples());
  for (std::size_t k = 0; k < f * f; ++k) M[k] /= n;
  for (std::size_t k = 0; k < f; ++k) {
    w[k] /= n;
    M[k * f + k] += ridge;
  }
  Cholesky(M, f, "the critic's normal equations").solve(w);
}

/// M += φφᵀ (lower triangle), c += φ G; of a one-hot φ two entries are not zero.
void LinearCritic::add(In observation, std::size_t j, double G, double* M, double* c) const {
  const std::size_t f = size(), last = features_;
  M[last * f + last] += 1.0;
  c[last] += G;
  if (discrete_) {
    const std::size_t s = index(observation(0, j), features_);
    M[s * f + s] += 1.0;
    M[last * f + s] += 1.0;
    c[s] += G;
    return;
  }
  for (std::size_t i = 0; i < features_; ++i) {
    const double x = observation(i, j);
    for (std::size_t k = 0; k <= i; ++k) M[i * f + k] += x * observation(k, j);
    M[last * f + i] += x;
    c[i] += x * G;
  }
}

}  // namespace seedbed
