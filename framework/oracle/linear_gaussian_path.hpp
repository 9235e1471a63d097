#pragma once
// For tests: trajectories of a regulator at given noise, by plain arithmetic and the plugins.
#include <cmath>
#include <numeric>

#include "engine/arena.hpp"
#include "engine/call.hpp"
#include "oracle/regulator_case.hpp"

namespace seedbed {

/// A trajectory at one value of the noise z: affine functions and costs by plain arithmetic.
struct RegulatorPath {
  std::vector<std::vector<double>> x, u, psi;  ///< [H+1][n], [H][m], [H][d]
  std::vector<double> r;
};

inline double quadratic(const Dense& S, const std::vector<double>& x) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < x.size(); ++j) sum += x[i] * S(i, j) * x[j];
  return sum;
}

/// Standard deviations of the first state and of the state's noise, both diagonal.
struct Deviations {
  std::vector<double> first, step;
};

inline RegulatorPath simulate(const RegulatorCase& c, const Deviations& spread,
                              const std::vector<double>& first_state,
                              const std::vector<double>& z) {
  const LinearGaussianProcess& p = c.process;
  RegulatorPath path;
  std::size_t next = 0;
  const auto draw = [&](double deviation) { return deviation > 0.0 ? deviation * z[next++] : 0.0; };
  path.x.push_back(first_state);
  for (std::size_t i = 0; i < p.n(); ++i) path.x[0][i] += draw(spread.first[i]);
  for (std::size_t t = 0; t < p.H(); ++t) {
    std::vector<double> u(p.m(), 0.0), x(p.n(), 0.0);
    for (std::size_t i = 0; i < p.m(); ++i) {
      for (std::size_t k = 0; k < p.n(); ++k) u[i] += p.K(i, k) * path.x[t][k];
      u[i] += draw(std::sqrt(p.variance[i]));
    }
    for (std::size_t i = 0; i < p.n(); ++i) {
      for (std::size_t k = 0; k < p.n(); ++k) x[i] += p.A(i, k) * path.x[t][k];
      for (std::size_t k = 0; k < p.m(); ++k) x[i] += p.B(i, k) * u[k];
      x[i] += draw(spread.step[i]);
    }
    path.r.push_back(-quadratic(p.Q, path.x[t]) - quadratic(p.R, u) - quadratic(p.Q_next, x));
    path.u.push_back(u);
    path.x.push_back(x);
  }
  return path;
}

/// The scores of a path by the policy plugin.
inline void score(const RegulatorCase& c, RegulatorPath& path, Arena& arena) {
  const std::size_t H = path.u.size(), n = c.process.n(), m = c.process.m(), d = c.theta.size();
  std::vector<double> x(n * H), u(m * H), one(H, 1.0), G(H * d);
  std::vector<std::int64_t> t(H);
  std::vector<std::uint64_t> first(H), length(H, 1);
  std::iota(t.begin(), t.end(), 0);
  std::iota(first.begin(), first.end(), 0);
  for (std::size_t k = 0; k < H; ++k) {
    for (std::size_t i = 0; i < n; ++i) x[i * H + k] = path.x[k][i];
    for (std::size_t i = 0; i < m; ++i) u[i * H + k] = path.u[k][i];
  }
  const seedbed_segments each{H, first.data(), length.data()};
  const Instance& policy = c.problem.policy();
  call(policy, "score", [&](seedbed_message* message) {
    return policy.functions<seedbed_policy>().score(
        policy.self(), c.theta.data(), H, t.data(), {x.data(), H}, {u.data(), H}, 1,
        {one.data(), H}, &each, G.data(), arena.fresh(), message);
  });
  for (std::size_t k = 0; k < H; ++k)
    path.psi.emplace_back(G.data() + k * d, G.data() + (k + 1) * d);
}

}  // namespace seedbed
