#include "diagnostics/spectrum.hpp"

#include <algorithm>
#include <cmath>

namespace seedbed {

namespace {

/// A <- J'AJ with the rotation J of rows p and q that makes A_pq = 0.
///   tau = (A_qq - A_pp) / 2 A_pq,  t = sign(tau) / (|tau| + sqrt(1 + tau^2)),
///   c = 1 / sqrt(1 + t^2),  s = t c
void rotate(std::vector<double>& A, std::size_t n, std::size_t p, std::size_t q) {
  const double tau = (A[q * n + q] - A[p * n + p]) / (2.0 * A[p * n + q]);
  const double t = (tau < 0.0 ? -1.0 : 1.0) / (std::abs(tau) + std::sqrt(1.0 + tau * tau));
  const double c = 1.0 / std::sqrt(1.0 + t * t), s = t * c;
  for (std::size_t k = 0; k < n; ++k) {
    const double a = A[k * n + p], b = A[k * n + q];
    A[k * n + p] = c * a - s * b;
    A[k * n + q] = s * a + c * b;
  }
  for (std::size_t k = 0; k < n; ++k) {
    const double a = A[p * n + k], b = A[q * n + k];
    A[p * n + k] = c * a - s * b;
    A[q * n + k] = s * a + c * b;
  }
}

}  // namespace

std::vector<double> eigenvalues(std::vector<double> A) {
  constexpr int sweeps = 30;  // convergence is quadratic: six to ten are enough
  const auto n = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(A.size()))));
  double all = 0.0;
  for (const double entry : A) all += entry * entry;
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    double off = 0.0;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) off += A[p * n + q] * A[p * n + q];
    if (off <= 1e-30 * all) break;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q)
        if (A[p * n + q] != 0.0) rotate(A, n, p, q);
  }
  std::vector<double> lambda(n);
  for (std::size_t i = 0; i < n; ++i) lambda[i] = A[i * n + i];
  std::sort(lambda.rbegin(), lambda.rend());
  return lambda;
}

double effective_rank(const std::vector<double>& lambda) {
  double sum = 0.0, squares = 0.0;
  for (const double x : lambda) sum += x, squares += x * x;
  return sum * sum / squares;
}

}  // namespace seedbed
