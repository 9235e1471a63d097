
#include "oracle/linear_quadratic_variance.hpp"

namespace seedbed {

namespace {

/// dR in the direction of one natural parameter: du_t = K dx_t + given[t], dx_{t+1} = A dx + B du.
///
///   dr_t = −2 (x'Q dx + u'R du + x⁺'Q⁺ dx⁺)
GaussianForm derivative(const LinearGaussianProcess& process, const std::vector<Dense>& explored) {
  GaussianForm dR(process.D());
  Dense dx(process.n(), process.D() + 1);
  for (std::size_t t = 0; t < process.H(); ++t) {
    const double factor = -2.0 * process.discount(t);
    const Dense du = process.K * dx + explored[t];
    dR.add(factor, process.state(t), process.Q, dx);
    dR.add(factor, process.action(t), process.R, du);
    dx = process.A * dx + process.B * du;
    dR.add(factor, process.state(t + 1), process.Q_next, dx);
  }
  return dR;
}

/// Row `from` of an affine vector, times `factor`, as row i of one of m rows.
Dense row(const Dense& rows, std::size_t from, double factor, std::size_t i, std::size_t m) {
  Dense result(m, rows.columns);
  for (std::size_t j = 0; j < rows.columns; ++j) result(i, j) = factor * rows(from, j);
  return result;
}

}  // namespace

///   du_t = K dx_t + [row i] x_{t,k}   for K[i][k]        du_t = K dx_t + e_{t,i} / 2v_i   for v_i
ContributionMoments pathwise_moments(const LinearGaussianProcess& process) {
  const std::size_t m = process.m(), n = process.n(), H = process.H();
  std::vector<GaussianForm> g;
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t k = 0; k < n; ++k) {
      std::vector<Dense> explored;
      for (std::size_t t = 0; t < H; ++t) explored.push_back(row(process.state(t), k, 1.0, i, m));
      g.push_back(derivative(process, explored));
    }
  for (std::size_t i = 0; i < m; ++i) {
    std::vector<Dense> explored;
    for (std::size_t t = 0; t < H; ++t)
      explored.push_back(row(process.exploration(t), i, 0.5 / process.variance[i], i, m));
    g.push_back(derivative(process, explored));
  }
  return moments_of(g, process.pull_back());
}

}  // namespace seedbed
