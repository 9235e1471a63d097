#pragma once
#include <algorithm>
#include <cstring>
#include <seedbed/arrays.hpp>
#include <seedbed/pack.hpp>
#include <seedbed/segment_run.hpp>

/// Matrix times samples and the sums that its gradient needs, in orders that depend neither on the
/// vector width nor on where a sample stands.
namespace seedbed {

/// y = M x for n samples: y_i[j] = sum_k M[i][k] x_k[j], added in the order of k from 0.
/// M: rows x columns, row after row, columns >= 1. x and y may not overlap.
inline void linear(const double* M, std::size_t rows, std::size_t columns, In x, Out y,
                   std::size_t n) {
  in_packs<3>(n, [&](auto lanes) {
    std::size_t i = 0;
    for (; i + 2 <= rows; i += 2) {  // two rows, so that x is read once for both
      const double *a = M + i * columns, *b = a + columns;
      const auto x0 = lanes.load(x.row(0));
      auto of_a = a[0] * x0, of_b = b[0] * x0;
      for (std::size_t k = 1; k < columns; ++k) {
        const auto xk = lanes.load(x.row(k));
        of_a = of_a + a[k] * xk;
        of_b = of_b + b[k] * xk;
      }
      lanes.store(y.row(i), of_a);
      lanes.store(y.row(i + 1), of_b);
    }
    if (i == rows) return;
    const double* a = M + i * columns;
    auto sum = a[0] * lanes.load(x.row(0));
    for (std::size_t k = 1; k < columns; ++k) sum = sum + a[k] * lanes.load(x.row(k));
    lanes.store(y.row(i), sum);
  });
}

/// G[i][k] = sum_j D_i[j] x_k[j] over the samples of each segment, the samples handed over in runs:
/// eight partial sums over j mod 8, then their sum by halves, as math::dot.
class OuterSums {
 public:
  OuterSums(std::size_t rows, std::size_t columns, Scratch& scratch)
      : rows_(rows), columns_(columns), part_(scratch.take(rows * columns * width)) {}

  /// D [rows] and x [columns] of the samples of `run`. Where a segment ends, row i of its sums goes
  /// to target(i) + segment * stride, [columns].
  template <class Target>
  void add(const SegmentRun& run, In D, In x, std::size_t stride, Target&& target) {
    for (std::size_t i = 0; i < rows_; ++i) {
      const auto row = [stride, G = target(i)](std::size_t segment) { return G + segment * stride; };
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
