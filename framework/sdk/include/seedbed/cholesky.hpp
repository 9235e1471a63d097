#pragma once
#include <cmath>
#include <seedbed/arrays.hpp>
#include <seedbed/error.hpp>
#include <string>

namespace seedbed {

/// M = L L' of a symmetric positive definite M [n][n], in place, to solve M x = b many times. Sums
/// run in the order of the index: the same bits at every vector width.
///
///   L_kk = sqrt(M_kk - sum_j L_kj^2)        L_ik = (M_ik - sum_j L_ij L_kj) / L_kk, j < k
class Cholesky {
 public:
  /// `M`: row after row, of which the lower triangle is read and overwritten; it must outlive this.
  /// Throws Error, naming `what`, when a pivot is not positive.
  Cholesky(double* M, std::size_t n, const char* what) : L_(M), n_(n) {
    for (std::size_t k = 0; k < n; ++k) {
      const double pivot = remainder(k, k);
      if (!(pivot > 0.0))
        throw Error(std::string(what) + ": expected a positive definite matrix, got the pivot " +
                        std::to_string(pivot) + " in row " + std::to_string(k),
                    Exit::tasks_failed);
      L_[k * n + k] = std::sqrt(pivot);
      for (std::size_t i = k + 1; i < n; ++i) L_[i * n + k] = remainder(i, k) / L_[k * n + k];
    }
  }

  /// b [n] becomes M^-1 b.
  void solve(double* b) const {
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < i; ++j) b[i] -= L_[i * n_ + j] * b[j];
      b[i] /= L_[i * n_ + i];
    }
    for (std::size_t i = n_; i-- > 0;) {
      for (std::size_t j = i + 1; j < n_; ++j) b[i] -= L_[j * n_ + i] * b[j];
      b[i] /= L_[i * n_ + i];
    }
  }

 private:
  double remainder(std::size_t i, std::size_t k) const {
    double value = L_[i * n_ + k];
    for (std::size_t j = 0; j < k; ++j) value -= L_[i * n_ + j] * L_[k * n_ + j];
    return value;
  }

  double* L_;
  std::size_t n_;
};

/// sum_i w_i x_i x_i' over the rows of x [count][n], lower triangle, into M [n][n], which is
/// overwritten. Null weights are 1.
inline void outer_sum(const double* x, const double* w, std::size_t count, std::size_t n,
                      double* M) {
  for (std::size_t i = 0; i < n * n; ++i) M[i] = 0.0;
  for (std::size_t e = 0; e < count; ++e, x += n)
    for (std::size_t i = 0; i < n; ++i) {
      const double xi = w ? w[e] * x[i] : x[i];
      for (std::size_t j = 0; j <= i; ++j) M[i * n + j] += xi * x[j];
    }
}

}  // namespace seedbed
