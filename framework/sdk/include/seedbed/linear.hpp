#pragma once
#include <algorithm>
#include <cstring>
#include <seedbed/arrays.hpp>
#include <seedbed/segment_run.hpp>

/// Matrix times samples and the sums that its gradient needs, in orders that depend neither on the
/// vector width nor on where a sample stands.
namespace seedbed {

/// y_i = m_i0 x_0 + .. + m_i3 x_3 of two rows m of M, so that x is read once for both.
inline void two_by_four(const double* M, std::size_t columns, In x, Out y, std::size_t n) {
  const double a0 = M[0], a1 = M[1], a2 = M[2], a3 = M[3];
  const double *b = M + columns, b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3];
  const double *x0 = x.row(0), *x1 = x.row(1), *x2 = x.row(2), *x3 = x.row(3);
  double* __restrict u = y.row(0), * __restrict v = y.row(1);
  for (std::size_t j = 0; j < n; ++j) {
    u[j] = ((a0 * x0[j] + a1 * x1[j]) + a2 * x2[j]) + a3 * x3[j];
    v[j] = ((b0 * x0[j] + b1 * x1[j]) + b2 * x2[j]) + b3 * x3[j];
  }
}

/// y = M x for n samples: y_i[j] = sum_k M[i][k] x_k[j], added in the order of k from 0.
/// M: rows x columns, row after row, columns >= 1. x and y may not overlap.
inline void linear(const double* M, std::size_t rows, std::size_t columns, In x, Out y,
                   std::size_t n) {
  for (std::size_t i = 0; i < rows; ++i, M += columns) {
    double* __restrict sum = y.row(i);
    std::size_t k = 0;
    if (columns >= 4 && (i % 2 == 1 || i + 1 < rows)) {
      if (i % 2 == 0) two_by_four(M, columns, x, {sum, y.stride}, n);
      k = 4;
    }
    for (; k + 4 <= columns; k += 4) {
      const double m0 = M[k], m1 = M[k + 1], m2 = M[k + 2], m3 = M[k + 3];
      const double *x0 = x.row(k), *x1 = x.row(k + 1), *x2 = x.row(k + 2), *x3 = x.row(k + 3);
      if (k == 0)
        for (std::size_t j = 0; j < n; ++j)
          sum[j] = ((m0 * x0[j] + m1 * x1[j]) + m2 * x2[j]) + m3 * x3[j];
      else
        for (std::size_t j = 0; j < n; ++j)
          sum[j] = (((sum[j] + m0 * x0[j]) + m1 * x1[j]) + m2 * x2[j]) + m3 * x3[j];
    }
    for (; k < columns; ++k) {
      const double m = M[k];
      const double* xk = x.row(k);
      for (std::size_t j = 0; j < n; ++j) sum[j] = k == 0 ? m * xk[j] : sum[j] + m * xk[j];
    }
  }
}

/// G[i][k] = sum_j D_i[j] x_k[j] over the samples of each segment, the samples handed over in runs:
/// eight partial sums over j mod 8, then their sum by halves, as math::dot.
class OuterSums {
 public:
  OuterSums(std::size_t rows, std::size_t columns, Scratch& scratch)
      : rows_(rows),
        columns_(columns),
        part_(scratch.take(rows * columns * width)) {}

  /// D [rows] and x [columns] of the samples of `run`. Where a segment ends, row i of its sums goes
  /// to target(i, segment) [columns].
  template <class Target>
  void add(const SegmentRun& run, In D, In x, Target&& target) {
    for (std::size_t i = 0; i < rows_; ++i) {
      const auto row = [&](std::size_t segment) { return target(i, segment); };
      double* part = part_ + i * columns_ * width;
      std::size_t k = 0;
      for (; k + together <= columns_; k += together)
        add_columns<together>(run, D.row(i), x, k, part + k * width, row);
      for (; k < columns_; ++k) add_columns<1>(run, D.row(i), x, k, part + k * width, row);
    }
  }

 private:
  static constexpr std::size_t width = 8, together = 4;
  typedef double Eight __attribute__((vector_size(width * sizeof(double))));
  typedef double Four __attribute__((vector_size(width / 2 * sizeof(double))));
  typedef double Two __attribute__((vector_size(width / 4 * sizeof(double))));
  typedef std::int64_t Bits __attribute__((vector_size(width * sizeof(double))));

  static void load(Eight& x, const double* data) { std::memcpy(&x, data, sizeof x); }
  /// The first n of eight, n < 8; the others 0. Nothing beyond them is read.
  static void load(Eight& x, const double* data, std::size_t n) {
    x = Eight{};
    std::memcpy(&x, data, n * sizeof(double));
  }

  /// Keeps the first n of eight, n < 8.
  static void keep(Eight& x, std::size_t n) {
    constexpr Bits place = {0, 1, 2, 3, 4, 5, 6, 7};
    const Bits mask = place < static_cast<std::int64_t>(n);
    x = reinterpret_cast<Eight>(reinterpret_cast<Bits>(x) & mask);
  }

  static double total(const Eight& x) {
    const auto half = [&](std::size_t first) {
      Four part;
      std::memcpy(&part, reinterpret_cast<const char*>(&x) + first * sizeof(double), sizeof part);
      return part;
    };
    const Four four = half(0) + half(4);
    const Two two = Two{four[0], four[1]} + Two{four[2], four[3]};
    return two[0] + two[1];
  }

  /// The columns first .. first+count-1 of one row; their partial sums stay in registers.
  template <std::size_t count, class Row>
  void add_columns(const SegmentRun& run, const double* D, In x, std::size_t first_column,
                   double* part, Row&& row) {
    const double* column[count];
    for (std::size_t c = 0; c < count; ++c) column[c] = x.row(first_column + c);
    Eight sum[count], d, next;
    for (std::size_t c = 0; c < count; ++c) load(sum[c], part + c * width);
    for (const SegmentRun::Piece& piece : run.pieces()) {
      const std::size_t end = piece.offset + piece.length, rest = piece.length % width;
      for (std::size_t c = 0; piece.begins && c < count; ++c) sum[c] = Eight{};
      std::size_t j = piece.offset;
      for (; j + width <= end; j += width) {
        load(d, D + j);
#pragma GCC unroll 4
        for (std::size_t c = 0; c < count; ++c) {
          load(next, column[c] + j);
          sum[c] += d * next;
        }
      }
      if (rest > 0 && j + width <= run.count) {  // what follows is the next segment's: dropped
        load(d, D + j);
#pragma GCC unroll 4
        for (std::size_t c = 0; c < count; ++c) {
          load(next, column[c] + j);
          next *= d;
          keep(next, rest);
          sum[c] += next;
        }
      } else if (rest > 0) {
        load(d, D + j, rest);
        for (std::size_t c = 0; c < count; ++c) {
          load(next, column[c] + j, rest);
          sum[c] += d * next;
        }
      }
      double* G = piece.ends ? row(piece.segment) + first_column : nullptr;
      for (std::size_t c = 0; piece.ends && c < count; ++c) G[c] = total(sum[c]);
    }
    for (std::size_t c = 0; c < count; ++c) std::memcpy(part + c * width, &sum[c], sizeof sum[c]);
  }

  std::size_t rows_, columns_;
  double* part_;
};

}  // namespace seedbed
