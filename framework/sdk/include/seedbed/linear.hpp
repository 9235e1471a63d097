#pragma once
#include <algorithm>
#include <cstring>
#include <seedbed/arrays.hpp>

/// Matrix times samples and the sums that its gradient needs, in orders that depend neither on the
/// vector width nor on where a sample stands.
namespace seedbed {

/// y = M x for n samples: y_i[j] = sum_k M[i][k] x_k[j], added in the order of k from 0.
/// M: rows x columns, row after row. x and y may not overlap.
inline void linear(const double* M, std::size_t rows, std::size_t columns, In x, Out y,
                   std::size_t n) {
  for (std::size_t i = 0; i < rows; ++i, M += columns) {
    double* __restrict sum = y.row(i);
    std::fill_n(sum, n, 0.0);
    std::size_t k = 0;
    for (; k + 4 <= columns; k += 4) {
      const double m0 = M[k], m1 = M[k + 1], m2 = M[k + 2], m3 = M[k + 3];
      const double *x0 = x.row(k), *x1 = x.row(k + 1), *x2 = x.row(k + 2), *x3 = x.row(k + 3);
      for (std::size_t j = 0; j < n; ++j)
        sum[j] = (((sum[j] + m0 * x0[j]) + m1 * x1[j]) + m2 * x2[j]) + m3 * x3[j];
    }
    for (; k < columns; ++k) {
      const double m = M[k];
      const double* xk = x.row(k);
      for (std::size_t j = 0; j < n; ++j) sum[j] += m * xk[j];
    }
  }
}

/// G[i][k] = sum_j D_i[j] x_k[j], the samples handed over in runs: eight partial sums over j mod 8,
/// then their sum by halves, as math::dot.
class OuterSums {
 public:
  OuterSums(std::size_t rows, std::size_t columns, Scratch& scratch)
      : rows_(rows), columns_(columns), part_(scratch.take(rows * columns * width)) {}

  void clear() { std::fill_n(part_, rows_ * columns_ * width, 0.0); }

  /// n is a multiple of 8 in every call but the last.
  void add(In D, In x, std::size_t n) {
    for (std::size_t i = 0; i < rows_; ++i) {
      double* part = part_ + i * columns_ * width;
      std::size_t k = 0;
      for (; k + 4 <= columns_; k += 4) add_row<4>(D.row(i), x, k, n, part + k * width);
      for (; k < columns_; ++k) add_row<1>(D.row(i), x, k, n, part + k * width);
    }
  }

  /// G: the sums of the rows first .. first+rows-1, row after row.
  void write(std::size_t first, std::size_t rows, double* G) const {
    const double* p = part_ + first * columns_ * width;
    for (std::size_t i = 0; i < rows * columns_; ++i, p += width)
      G[i] = ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
  }

 private:
  static constexpr std::size_t width = 8;
  typedef double Eight __attribute__((vector_size(width * sizeof(double))));

  static void load(Eight& x, const double* data) { std::memcpy(&x, data, sizeof x); }

  /// The columns first .. first+count-1 of one row; their partial sums stay in registers.
  template <std::size_t count>
  static void add_row(const double* D, In x, std::size_t first, std::size_t n, double* part) {
    const std::size_t whole = n / width * width;
    if (whole > 0) {
      Eight sum[count], d, xk;
      for (std::size_t k = 0; k < count; ++k) load(sum[k], part + k * width);
      for (std::size_t j = 0; j < whole; j += width) {
        load(d, D + j);
#pragma GCC unroll 4
        for (std::size_t k = 0; k < count; ++k) {
          load(xk, x.row(first + k) + j);
          sum[k] += d * xk;
        }
      }
      for (std::size_t k = 0; k < count; ++k)
        std::memcpy(part + k * width, &sum[k], sizeof sum[k]);
    }
    for (std::size_t k = 0; k < count; ++k)
      for (std::size_t j = whole; j < n; ++j)
        part[k * width + (j - whole)] += D[j] * x.row(first + k)[j];
  }

  std::size_t rows_, columns_;
  double* part_;
};

}  // namespace seedbed
