#include "oracle/spectrum.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <seedbed/error.hpp>

namespace seedbed {

namespace {

/// The rotation J of the coordinates p and q that J'AJ has a 0 in (p, q) by: the smaller angle.
struct Rotation {
  double c, s;
};

///   τ = (a_qq − a_pp) / 2a_pq      t = sign(τ) / (|τ| + √(1 + τ²))      c = 1/√(1 + t²), s = tc
Rotation annihilating(const Dense& A, std::size_t p, std::size_t q) {
  const double tau = 0.5 * (A(q, q) - A(p, p)) / A(p, q);
  const double t = std::copysign(1.0, tau) / (std::abs(tau) + std::sqrt(1.0 + tau * tau));
  const double c = 1.0 / std::sqrt(1.0 + t * t);
  return {c, t * c};
}

///   (x, y) ← (cx − sy, sx + cy)
void rotate(const Rotation& r, double& x, double& y) {
  const double before = x;
  x = r.c * x - r.s * y;
  y = r.s * before + r.c * y;
}

void rotate_rows(const Rotation& r, std::size_t p, std::size_t q, Dense& A) {
  for (std::size_t j = 0; j < A.columns; ++j) rotate(r, A(p, j), A(q, j));
}

///   A ← J'AJ for every p < q, where |a_pq| is above rounding. Whether there was one.
bool sweep(double rounding, Dense& A, Dense& vector) {
  bool rotated = false;
  for (std::size_t p = 0; p < A.rows; ++p)
    for (std::size_t q = p + 1; q < A.rows; ++q) {
      if (std::abs(A(p, q)) <= rounding) continue;
      const Rotation r = annihilating(A, p, q);
      rotate_rows(r, p, q, A);
      for (std::size_t i = 0; i < A.rows; ++i) rotate(r, A(i, p), A(i, q));
      A(p, q) = A(q, p) = 0.0;
      rotate_rows(r, p, q, vector);
      rotated = true;
    }
  return rotated;
}

}  // namespace

std::size_t Spectrum::rank() const {
  return static_cast<std::size_t>(std::count_if(
      value.begin(), value.end(), [&](double x) { return x > 1e-10 * value.front(); }));
}

double Spectrum::effective_rank() const {
  double sum = 0.0, squares = 0.0;
  for (const double lambda : value) sum += lambda, squares += lambda * lambda;
  return sum * sum / squares;
}

Spectrum spectrum(const Dense& matrix) {
  const std::size_t d = matrix.rows;
  Dense A = 0.5 * (matrix + transpose(matrix)), rows = diagonal(std::vector<double>(d, 1.0));
  const double size = norm(A);
  if (!std::isfinite(size)) throw Error("spectrum: expected finite numbers, got others");
  const double rounding = 0.5 * std::numeric_limits<double>::epsilon() * size;
  while (sweep(rounding / static_cast<double>(d), A, rows)) {
  }
  std::vector<std::size_t> order(d);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return A(i, i) > A(j, j); });
  Spectrum result{{}, Dense(d, d)};
  for (std::size_t k = 0; k < d; ++k) {
    result.value.push_back(A(order[k], order[k]));
    for (std::size_t j = 0; j < d; ++j) result.vector(k, j) = rows(order[k], j);
  }
  return result;
}

}  // namespace seedbed
