#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "dense.hpp"
#include "turn.hpp"

/// The sums over samples that the gradient of a layer is made of.
namespace seedbed {

/// X[c][j] w[j] of n samples as Y[j][c]; rows of Y are `width` apart, a multiple of 16, and padded
/// with zeros. X and w are read and Y is written up to the next multiple of 8 of n.
template <class Real>
void transpose_weighted(const Real* X, std::size_t stride, std::size_t columns, const Real* w,
                        std::size_t n, Real* Y, std::size_t width) {
  using T = Turn<Real>;
  typename T::Row row[T::size];
  for (std::size_t j = 0; j < n; j += T::size)
    for (std::size_t c = 0; c < width; c += T::size) {
      for (std::size_t i = 0; i < T::size; ++i)
        row[i] = c + i < columns ? T::load(X + (c + i) * stride + j) * T::load(w + j) : T::zero();
      T::turn(row);
      for (std::size_t i = 0; i < T::size; ++i) T::store(Y + (j + i) * width + c, row[i]);
    }
}

/// sum[i][c] += sum_j D[i][j] Y[j][c], one sample after the other; `fresh`: from 0.
template <class Real>
class OuterProduct {
 public:
  const Real* D;
  std::size_t stride;
  const Real* Y;
  std::size_t width, rows, columns, n;
  bool fresh;

  void run(Real* sum) const {
    constexpr std::size_t pack = Simd<Real>::width;
    for (std::size_t c = 0; c < columns;) {
      const std::size_t left = columns - c;
      if (left >= 2 * pack)
        rows_of<2>(sum, c), c += 2 * pack;
      else
        rows_of<1>(sum, c), c += pack;
    }
  }

 private:
  template <std::size_t V>
  void rows_of(Real* sum, std::size_t c) const {
    std::size_t i = 0;
    for (; i + 4 <= rows; i += 4) tile<4, V>(sum, i, c);
    for (; i < rows; ++i) tile<1, V>(sum, i, c);
  }

  template <std::size_t R, std::size_t V>
  void tile(Real* sum, std::size_t i, std::size_t c) const {
    using S = Simd<Real>;
    const std::size_t count = std::min(V * S::width, columns - c);
    Tile<Real, R, V> part;
    for (std::size_t r = 0; r < R; ++r) load(part.at[r], sum + (i + r) * columns + c, count);
    for (std::size_t j = 0; j < n; ++j) {
      typename S::Register y[V];
      for (std::size_t v = 0; v < V; ++v) y[v] = S::load(Y + j * width + c + v * S::width);
      for (std::size_t r = 0; r < R; ++r) {
        const auto d = S::all(D[(i + r) * stride + j]);
        for (std::size_t v = 0; v < V; ++v) part.at[r][v] = S::fma(d, y[v], part.at[r][v]);
      }
    }
    for (std::size_t r = 0; r < R; ++r) store(part.at[r], sum + (i + r) * columns + c, count);
  }

  template <std::size_t V>
  void load(typename Simd<Real>::Register (&part)[V], const Real* sum, std::size_t count) const {
    using S = Simd<Real>;
    Real some[V * S::width] = {};
    if (!fresh && count < V * S::width) std::copy_n(sum, count, some);
    const Real* from = count == V * S::width ? sum : some;
    for (std::size_t v = 0; v < V; ++v)
      part[v] = fresh ? S::all(Real(0)) : S::load(from + v * S::width);
  }
  template <std::size_t V>
  void store(const typename Simd<Real>::Register (&part)[V], Real* sum, std::size_t count) const {
    using S = Simd<Real>;
    if (count == V * S::width) {
      for (std::size_t v = 0; v < V; ++v) S::store(sum + v * S::width, part[v]);
      return;
    }
    Real some[V * S::width];
    for (std::size_t v = 0; v < V; ++v) S::store(some + v * S::width, part[v]);
    std::copy_n(some, count, sum);
  }
};

/// Eight partial sums of w_j D_j over j mod 8, counted from the first sample of a segment; n is a
/// multiple of 8 in every call but the last. Then their sum by halves. D and w are read up to the
/// next multiple of 8.
template <class Real>
class EightSums {
 public:
  static constexpr std::size_t count = 8;

  static void add(const Real* D, const Real* w, std::size_t n, bool fresh, Real* part) {
    for (std::size_t first = 0; first < count; first += width) {
      Some sum = fresh ? Some{} : load(part + first);
      std::size_t j = 0;
      for (; j + count <= n; j += count) sum += load(w + j + first) * load(D + j + first);
      if (j < n) {
        const Some product = load(w + j + first) * load(D + j + first);
        Places places;
        std::memcpy(&places, place + first, sizeof places);
        const Places kept = places < static_cast<Index>(n - j);
        sum += reinterpret_cast<Some>(reinterpret_cast<Places>(product) & kept);
      }
      std::memcpy(part + first, &sum, sizeof sum);
    }
  }
  static double total(const Real* p) {
    return ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
  }

 private:
  static constexpr std::size_t bytes = 32, width = bytes / sizeof(Real);
  using Index = std::conditional_t<sizeof(Real) == 8, std::int64_t, std::int32_t>;
  typedef Real Some __attribute__((vector_size(bytes)));
  typedef Index Places __attribute__((vector_size(bytes)));
  static constexpr Index place[count] = {0, 1, 2, 3, 4, 5, 6, 7};

  static Some load(const Real* x) {
    Some some;
    std::memcpy(&some, x, sizeof some);
    return some;
  }
};

}  // namespace seedbed
