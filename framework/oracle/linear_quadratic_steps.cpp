#include <cassert>
#include <cmath>

#include "oracle/linear_quadratic_variance.hpp"
#include "oracle/score_products.hpp"

namespace seedbed {

namespace {

/// E C_kj² r_k in theta, [H][d], with C_k = Σ_{t≤k} ψ_t: a form in every component.
///
///   E C² r = E[C² (r − E r)] + E C² E r      E C = 0
Dense rewards_of(const LinearGaussianProcess& process, const ScoreProducts& products) {
  const std::size_t d = process.pull_back().rows;
  std::vector<GaussianForm> C(d, GaussianForm(process.D()));
  Dense rewards(process.H(), d);
  for (std::size_t k = 0; k < process.H(); ++k) {
    for (std::size_t c = 0; c < products.size(); ++c) {
      const GaussianForm psi = products.score(k, c);
      for (std::size_t j = 0; j < d; ++j)
        if (const double L = process.pull_back()(j, c); L != 0.0) C[j].add(L, psi);
    }
    const GaussianForm r = process.reward(k);
    for (std::size_t j = 0; j < d; ++j)
      rewards(k, j) = third_moment(C[j], C[j], r) + covariance(C[j], C[j]) * mean(r);
  }
  return rewards;
}

}  // namespace

///   E gg' = Σ_t E ψ_t ψ_t' T_t² + Σ_{t<u} (E ψ_t ψ_u' T_t T_u + its transpose)      T_t = γᵗ G_t
///   E ψ_t g' = Σ_{u<t} E ψ_t ψ_u' T_t + Σ_{u≥t} E ψ_t ψ_u' T_u
///
/// for what is paid between u and t is known when ψ_t, of mean 0, is not.
RewardToGoMoments reward_to_go_moments(const LinearGaussianProcess& process) {
  const ScoreProducts products(process);
  const std::vector<GaussianForm> T = process.returns_from();
  const std::size_t H = process.H(), p = products.size();
  const Dense &L = process.pull_back(), back = transpose(L);
  Dense second(p, p), first(p, 1);
  std::vector<Dense> squares, with_g(H, Dense(p, p));
  for (std::size_t t = 0; t < H; ++t) {
    first += Dense(p, 1, products.mean(t, T[t]).data());
    for (std::size_t u = t; u < H; ++u) {
      const ScoreProducts::Products pair = products(t, T[t], u, T[u]);
      second += pair.fg;
      with_g[t] += pair.g;
      if (u == t) {
        squares.push_back(std::pow(process.discount(t), 2) * L * pair.one * back);
      } else {
        second += transpose(pair.fg);
        with_g[u] += transpose(pair.g);
      }
    }
  }
  const std::vector<double> mean = (L * first).data;
  StepMoments steps{process.gamma(), Dense(H, L.rows), Dense(H, L.rows),
                    rewards_of(process, products)};
  for (std::size_t t = 0; t < H; ++t) {
    const double power = process.discount(t);
    with_g[t] = power * L * with_g[t] * back;
    for (std::size_t j = 0; j < L.rows; ++j) {
      steps.squares(t, j) = squares[t](j, j) / (power * power);
      steps.products(t, j) = with_g[t](j, j) / (power * power);
    }
  }
  return {{mean, covariance_of(L * second * back, mean)}, squares, with_g, std::move(steps)};
}

///   E gg' = E g₀g₀' − Σ_t (b_t (γᵗ E ψ_t g₀') + its transpose) + Σ_t b_t (γ²ᵗ E ψ_t ψ_t') b_t
///
/// with g₀ that of no baselines and b_t as a diagonal matrix: scores of different steps are
/// uncorrelated.
ContributionMoments RewardToGoMoments::with_baselines(const Dense& b) const {
  assert(b.rows == squares.size() && b.columns == without.mean.size());
  ContributionMoments moments = without;
  for (std::size_t t = 0; t < b.rows; ++t)
    for (std::size_t i = 0; i < b.columns; ++i)
      for (std::size_t j = 0; j < b.columns; ++j)
        moments.covariance(i, j) += b(t, i) * b(t, j) * squares[t](i, j) -
                                    b(t, i) * products[t](i, j) - b(t, j) * products[t](j, i);
  return moments;
}

}  // namespace seedbed
