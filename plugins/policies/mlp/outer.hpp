#pragma once
#include <algorithm>

#include "dense.hpp"
#include "turn.hpp"

/// The sums over samples that the gradient of a layer is made of.
namespace seedbed {

/// X[c][j] of n samples as Y[j][c]; rows of Y are `width` apart, a multiple of 16, and padded with
/// zeros. X is read and Y is written up to the next multiple of 8 of n.
template <class Real>
void transpose(const Real* X, std::size_t columns, std::size_t n, Real* Y, std::size_t width) {
  using T = Turn<Real>;
  typename T::Row row[T::size];
  for (std::size_t j = 0; j < n; j += T::size)
    for (std::size_t c = 0; c < width; c += T::size) {
      for (std::size_t i = 0; i < T::size; ++i)
        row[i] = c + i < columns ? T::load(X + (c + i) * sample_stride + j) : T::zero();
      T::turn(row);
      for (std::size_t i = 0; i < T::size; ++i) T::store(Y + (j + i) * width + c, row[i]);
    }
}

/// Y[j][c] = w[j] X[j][c] of n samples, rows `width` apart.
template <class Real>
void weigh(const Real* X, const Real* w, std::size_t n, std::size_t width, Real* Y) {
  using S = Simd<Real>;
  for (std::size_t j = 0; j < n; ++j, X += width, Y += width) {
    const auto weight = S::all(w[j]);
    for (std::size_t c = 0; c < width; c += S::width) S::store(Y + c, weight * S::load(X + c));
  }
}

/// sum[i][c] += sum_j D[i][j] Y[j][c], one sample after the other; `fresh`: from 0; `last`: what it
/// comes to goes to `total` instead of `sum`.
template <class Real>
class OuterProduct {
 public:
  const Real* D;
  const Real* Y;
  std::size_t width, rows, columns, n;
  bool fresh, last;
  Real* sum;
  double* total;

  void run() const {
    constexpr std::size_t pack = Simd<Real>::width;
    for (std::size_t c = 0; c < columns;) {
      const std::size_t left = columns - c;
      if (rows < 4 && left >= 4 * pack)
        rows_of<4>(c), c += 4 * pack;
      else if (left >= 2 * pack)
        rows_of<2>(c), c += 2 * pack;
      else
        rows_of<1>(c), c += pack;
    }
  }

 private:
  template <std::size_t V>
  void rows_of(std::size_t c) const {
    std::size_t i = 0;
    constexpr std::size_t R = V == 2 && tall_tiles ? 8 : 8 / V;
    for (; i + R <= rows; i += R) tile<R, V>(i, c);
    for (; i < rows; ++i) tile<1, V>(i, c);
  }

  template <std::size_t R, std::size_t V>
  void tile(std::size_t i, std::size_t c) const {
    using S = Simd<Real>;
    const std::size_t count = std::min(V * S::width, columns - c);
    Tile<Real, R, V> part;
    for (std::size_t r = 0; r < R; ++r) load(part.at[r], sum + (i + r) * columns + c, count);
    for (std::size_t j = 0; j < n; ++j) {
      typename S::Register y[V];
      for (std::size_t v = 0; v < V; ++v) y[v] = S::load(Y + j * width + c + v * S::width);
      for (std::size_t r = 0; r < R; ++r) {
        const auto d = S::all(D[(i + r) * sample_stride + j]);
        for (std::size_t v = 0; v < V; ++v) part.at[r][v] = S::fma(d, y[v], part.at[r][v]);
      }
    }
    for (std::size_t r = 0; r < R; ++r)
      if (last)
        store(part.at[r], total + (i + r) * columns + c, count);
      else
        store(part.at[r], sum + (i + r) * columns + c, count);
  }

  template <std::size_t V>
  void load(typename Simd<Real>::Register (&part)[V], const Real* from, std::size_t count) const {
    using S = Simd<Real>;
    if (fresh)
      std::fill_n(part, V, S::all(Real(0)));
    else if (V == 1 && count < S::width)
      part[0] = S::load_some(from, count);
    else
      for (std::size_t v = 0; v < V; ++v) part[v] = S::load(from + v * S::width);
  }
  template <std::size_t V, class To>
  void store(const typename Simd<Real>::Register (&part)[V], To* to, std::size_t count) const {
    using S = Simd<Real>;
    if (V == 1 && count < S::width)
      S::store_some(to, part[0], count);
    else
      for (std::size_t v = 0; v < V; ++v) S::store(to + v * S::width, part[v]);
  }
};

}  // namespace seedbed
