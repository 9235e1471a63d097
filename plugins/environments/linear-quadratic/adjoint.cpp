#include "adjoint.hpp"

#include <algorithm>

namespace seedbed {
namespace {

std::vector<double> transposed(const std::vector<double>& M, std::size_t rows,
                               std::size_t columns) {
  std::vector<double> T(M.size());
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t k = 0; k < columns; ++k) T[k * rows + i] = M[i * columns + k];
  return T;
}

/// bar -= 2 reward_bar M x
void subtract_slope(const Map& M, In x, const double* reward_bar, Out bar, std::size_t rows,
                    std::size_t lanes, Scratch& scratch) {
  const Out slope(scratch.take(rows * lanes), lanes);
  std::fill_n(slope.data, rows * lanes, 0.0);
  M.add(x, slope, lanes);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < lanes; ++j) bar(i, j) -= 2.0 * reward_bar[j] * slope(i, j);
}

void clear(Out bar, std::size_t rows, std::size_t lanes) {
  for (std::size_t i = 0; i < rows; ++i) std::fill_n(bar.row(i), lanes, 0.0);
}

}  // namespace

Adjoint::Adjoint(const QuadraticProcess& p)
    : n_(p.n),
      m_(p.m),
      A_transposed_(transposed(p.A, p.n, p.n), p.n),
      B_transposed_(transposed(p.B, p.n, p.m), p.n),
      Q_(p.Q, p.n),
      R_(p.R, p.m),
      Q_next_(p.Q_next, p.n) {}

void Adjoint::at_next(In next, In next_state_bar, In observation_bar, const double* reward_bar,
                      Out lambda, std::size_t lanes, Scratch& scratch) const {
  for (std::size_t i = 0; i < n_; ++i)
    for (std::size_t j = 0; j < lanes; ++j)
      lambda(i, j) = next_state_bar(i, j) + observation_bar(i, j);
  subtract_slope(Q_next_, next, reward_bar, lambda, n_, lanes, scratch);
}

void Adjoint::to_state(In lambda, In x, const double* reward_bar, Out state_bar, std::size_t lanes,
                       Scratch& scratch) const {
  clear(state_bar, n_, lanes);
  A_transposed_.add(lambda, state_bar, lanes);
  subtract_slope(Q_, x, reward_bar, state_bar, n_, lanes, scratch);
}

void Adjoint::to_action(In lambda, In u, const double* reward_bar, Out action_bar,
                        std::size_t lanes, Scratch& scratch) const {
  clear(action_bar, m_, lanes);
  B_transposed_.add(lambda, action_bar, lanes);
  subtract_slope(R_, u, reward_bar, action_bar, m_, lanes, scratch);
}

}  // namespace seedbed
