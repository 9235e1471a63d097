#pragma once
#include <algorithm>
#include <seedbed/arrays.hpp>
#include <seedbed/eights.hpp>
#include <seedbed/segment_run.hpp>

/// Matrix times samples and the sums that its gradient needs, in orders that depend neither on the
/// vector width nor on where a sample stands.
namespace seedbed {

/// sum_k a(k) x_k of the samples of `lanes`, added in the order of columns from 0; columns >= 1.
template <class Lanes, class Row>
[[gnu::always_inline]] inline auto row_times(Lanes lanes, Row&& a, std::size_t columns, In x) {
  auto sum = a(0) * lanes.load(x.row(0));
  using Lane = decltype(sum);
  for (std::size_t k = 1; k < columns; ++k) sum = fma(Lane(a(k)), lanes.load(x.row(k)), sum);
  return sum;
}

/// y = M x for n samples: y_i[j] = sum_k M[i][k] x_k[j], added in the order of k from 0.
/// M: rows x columns, row after row, columns >= 1. x and y may not overlap.
inline void linear(const double* M, std::size_t rows, std::size_t columns, In x, Out y,
                   std::size_t n) {
  in_packs(n, [&](auto lanes) {
    for (std::size_t i = 0; i < rows; ++i) {
      const double* a = M + i * columns;
      lanes.store(y.row(i), row_times(
                                lanes, [a](std::size_t k) { return a[k]; }, columns, x));
    }
  });
}

/// G[i][k] = sum_j D_i[j] x_k[j] over the samples of each segment, the samples handed over in runs:
/// in eights, as math::dot.
class OuterSums {
 public:
  OuterSums(std::size_t rows, std::size_t columns, Scratch& scratch)
      : rows_(rows), columns_(columns), part_(scratch.take(rows * columns * width)) {}

  /// D [rows] and x [columns] of the samples of `run`. Where a segment ends, row i of its sums goes
  /// to target(i) + segment * stride, [columns].
  template <class Target>
  void add(const SegmentRun& run, In D, In x, std::size_t stride, Target&& target) {
    for (std::size_t i = 0; i < rows_; ++i) {
      const auto row = [stride, G = target(i)](std::size_t segment) {
        return G + segment * stride;
      };
      double* part = part_ + i * columns_ * width;
      std::size_t k = 0;
      for (; k + together <= columns_; k += together)
        add_columns<together>(run, D.row(i), x, k, part + k * width, row);
      for (; k < columns_; ++k) add_columns<1>(run, D.row(i), x, k, part + k * width, row);
    }
  }

 private:
  static constexpr std::size_t width = Eights::size, together = 4;

  /// The columns first .. first+count-1 of one row; their partial sums stay in registers.
  template <std::size_t count, class Row>
  void add_columns(const SegmentRun& run, const double* D, In x, std::size_t first_column,
                   double* part, Row&& row) {
    const double* column[count];
    for (std::size_t c = 0; c < count; ++c) column[c] = x.row(first_column + c);
    Eights sum[count];
    for (std::size_t c = 0; c < count; ++c) sum[c] = Eights::load(part + c * width);
    const auto add = [&](auto lanes) {
      const Eights d = lanes.load(D);
#pragma GCC unroll 4
      for (std::size_t c = 0; c < count; ++c) sum[c] = sum[c] + d * lanes.load(column[c]);
    };
    for (const SegmentRun::Piece& piece : run.pieces()) {
      for (std::size_t c = 0; piece.begins && c < count; ++c) sum[c] = 0.0;
      in_eights(piece.offset, piece.offset + piece.length, add);
      if (!piece.ends) continue;
      double* G = row(piece.segment) + first_column;
      if constexpr (count == 4)
        _mm256_storeu_pd(G, totals(sum));
      else
        for (std::size_t c = 0; c < count; ++c) G[c] = total(sum[c]);
    }
    for (std::size_t c = 0; c < count; ++c) sum[c].store(part + c * width);
  }

  std::size_t rows_, columns_;
  double* part_;
};

}  // namespace seedbed
