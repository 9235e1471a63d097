#include "oracle/linear_quadratic_variance.hpp"

#include <cassert>
#include <cmath>

#include "oracle/score_products.hpp"

namespace seedbed {

namespace {

/// From natural parameters to theta: g_theta = L g.
std::vector<double> in_theta(const LinearGaussianProcess& process, const std::vector<double>& g) {
  return (process.pull_back() * Dense(g.size(), 1, g.data())).data;
}
Dense in_theta(const LinearGaussianProcess& process, const Dense& M) {
  return process.pull_back() * M * transpose(process.pull_back());
}

/// b taken off a form.
void subtract(double b, GaussianForm& f) {
  f.M.data.back() -= b;
}

/// gamma^t V_t(x_t) for t = 0 .. H: what is expected of the rest, at what x_t is made of.
GaussianForm value_of(const LinearGaussianProcess& process, const std::vector<GaussianForm>& from,
                      std::size_t t) {
  return given(from[t], process.known_at(t));
}

}  // namespace

ContributionMoments moments_of(const std::vector<GaussianForm>& g, const Dense& pull_back) {
  Dense means(g.size(), 1), C(g.size(), g.size());
  for (std::size_t i = 0; i < g.size(); ++i) {
    means(i) = mean(g[i]);
    for (std::size_t j = 0; j < g.size(); ++j) C(i, j) = covariance(g[i], g[j]);
  }
  return {(pull_back * means).data, pull_back * C * transpose(pull_back)};
}

///   E ZZ'R^k = Σ_t E ψ_t ψ_t' R^k + Σ_{t<u} (E ψ_t ψ_u' R^k + its transpose)
ReinforceMoments reinforce_moments(const LinearGaussianProcess& process) {
  const ScoreProducts products(process);
  const GaussianForm R = process.returns_from().front();
  const std::size_t p = products.size();
  Dense F(p, p), ZZR(p, p), ZZRR(p, p);
  std::vector<double> gradient(p, 0.0);
  for (std::size_t t = 0; t < process.H(); ++t) {
    const std::vector<double> part = products.mean(t, R);
    for (std::size_t c = 0; c < p; ++c) gradient[c] += part[c];
    for (std::size_t u = t; u < process.H(); ++u) {
      const ScoreProducts::Products pair = products(t, R, u, R);
      F += pair.one;
      ZZR += pair.f;
      ZZRR += pair.fg;
      if (u == t) continue;
      F += transpose(pair.one);
      ZZR += transpose(pair.f);
      ZZRR += transpose(pair.fg);
    }
  }
  return {mean(R), in_theta(process, gradient), in_theta(process, F), in_theta(process, ZZR),
          in_theta(process, ZZRR)};
}

///   E gg' = Σ_t E ψ_t ψ_t' T_t² + Σ_{t<u} (E ψ_t ψ_u' T_t T_u + its transpose)
ContributionMoments likelihood_ratio_moments(const LinearGaussianProcess& process,
                                             const std::vector<GaussianForm>& targets) {
  assert(targets.size() == process.H());
  const ScoreProducts products(process);
  const std::size_t p = products.size();
  Dense second(p, p);
  std::vector<double> first(p, 0.0);
  for (std::size_t t = 0; t < process.H(); ++t) {
    const std::vector<double> part = products.mean(t, targets[t]);
    for (std::size_t c = 0; c < p; ++c) first[c] += part[c];
    for (std::size_t u = t; u < process.H(); ++u) {
      const Dense pair = products(t, targets[t], u, targets[u]).fg;
      second += pair;
      if (u != t) second += transpose(pair);
    }
  }
  return {in_theta(process, first), in_theta(process, covariance_of(second, first))};
}

std::vector<GaussianForm> to_go(const LinearGaussianProcess& process,
                                const std::vector<double>& b) {
  assert(b.size() == process.H());
  std::vector<GaussianForm> targets = process.returns_from();
  targets.pop_back();
  for (std::size_t t = 0; t < process.H(); ++t) subtract(process.discount(t) * b[t], targets[t]);
  return targets;
}

std::vector<GaussianForm> to_go_above_mean(const LinearGaussianProcess& process) {
  std::vector<GaussianForm> targets = process.returns_from();
  targets.pop_back();
  for (GaussianForm& target : targets) subtract(mean(target), target);
  return targets;
}

std::vector<GaussianForm> to_go_above_value(const LinearGaussianProcess& process) {
  std::vector<GaussianForm> targets = process.returns_from();
  for (std::size_t t = 0; t < process.H(); ++t) targets[t].add(-1.0, value_of(process, targets, t));
  targets.pop_back();
  return targets;
}

std::vector<GaussianForm> temporal_differences(const LinearGaussianProcess& process) {
  const std::vector<GaussianForm> from = process.returns_from();
  std::vector<GaussianForm> targets;
  for (std::size_t t = 0; t < process.H(); ++t) {
    GaussianForm delta = value_of(process, from, t + 1);
    delta.add(1.0, from[t]);
    delta.add(-1.0, from[t + 1]);
    delta.add(-1.0, value_of(process, from, t));
    targets.push_back(std::move(delta));
  }
  return targets;
}

///   E[(e_i/v_i) x_k T | x] = x_k E[z_i T | x] / √v_i      E[z_i T | past] = 2 M_i,past z + 2 M_i,D
///   E[½((e_i/v_i)² − 1/v_i) T | x] = M_ii / v_i
///
/// with z_i the noise of the action, and T = γᵗ G_t = (z,1)'M(z,1).
ContributionMoments all_action_moments(const LinearGaussianProcess& process) {
  const std::size_t m = process.m(), n = process.n(), D = process.D();
  const std::vector<GaussianForm> from = process.returns_from();
  std::vector<GaussianForm> g(m * (n + 1), GaussianForm(D));
  for (std::size_t t = 0; t < process.H(); ++t)
    for (std::size_t i = 0; i < m; ++i) {
      const Dense& M = from[t].M;
      const std::size_t at = process.known_at(t) + i;
      Dense slope(1, D + 1);
      for (std::size_t j = 0; j < process.known_at(t); ++j) slope(0, j) = 2.0 * M(at, j);
      slope(0, D) = 2.0 * M(at, D);
      for (std::size_t k = 0; k < n; ++k) {
        Dense pick(1, n);
        pick(0, k) = 1.0 / std::sqrt(process.variance[i]);
        g[i * n + k].add(1.0, slope, pick, process.state(t));
      }
      g[m * n + i].M(D, D) += M(at, at) / process.variance[i];
    }
  return moments_of(g, process.pull_back());
}

}  // namespace seedbed
