#pragma once
#include <seedbed/segment_run.hpp>

#include "tanh.hpp"

/// Products of a matrix with samples, by tiles of rows and 3 packs of samples that stay in
/// registers. Every sum is added in the order of k, so a sample has the same bits wherever it
/// stands and at every width.
namespace seedbed {

/// Samples that a network works on at once, and how far apart their rows are: no power of two,
/// which would share cache sets.
constexpr std::size_t sample_capacity = SegmentRun::capacity, sample_stride = sample_capacity + 32;

/// Whether there are 32 registers (AVX-512) and not 16: tiles are twice as tall.
inline constexpr bool tall_tiles = sizeof(Simd<double>::Register) == 64;

template <class Real, std::size_t R, std::size_t V>
struct Tile {
  typename Simd<Real>::Register at[R][V];
};

/// What is done to a tile of sums before it is stored; x: where the tile stands in the output.
struct Identity {
  template <class Real, std::size_t R, std::size_t V>
  void operator()(Tile<Real, R, V>&, std::size_t, std::size_t) const {}
};
struct Tanh {
  template <class Real, std::size_t R, std::size_t V>
  void operator()(Tile<Real, R, V>& sum, std::size_t, std::size_t) const {
    for (std::size_t r = 0; r < R; r += 2) {
      Pack<V, Real> a, b;
      const std::size_t other = r + 1 < R ? r + 1 : r;
      a.each([&](std::size_t v) { a.part[v] = sum.at[r][v], b.part[v] = sum.at[other][v]; });
      tanh_pair(a, b);
      a.each([&](std::size_t v) { sum.at[r][v] = a.part[v], sum.at[other][v] = b.part[v]; });
    }
  }
};
struct Relu {
  template <class Real, std::size_t R, std::size_t V>
  void operator()(Tile<Real, R, V>& sum, std::size_t, std::size_t) const {
    for (auto& row : sum.at)
      for (auto& x : row) x = Simd<Real>::where_positive(x, x);
  }
};
/// Times the derivative of the activation whose value is x.
template <class Real>
struct TanhSlope {
  const Real* x;
  template <std::size_t R, std::size_t V>
  void operator()(Tile<Real, R, V>& sum, std::size_t i, std::size_t j) const {
    using S = Simd<Real>;
    for (std::size_t r = 0; r < R; ++r)
      for (std::size_t v = 0; v < V; ++v) {
        const auto y = S::load(x + (i + r) * sample_stride + j + v * S::width);
        sum.at[r][v] = sum.at[r][v] * S::fnma(y, y, S::all(Real(1)));
      }
  }
};
template <class Real>
struct ReluSlope {
  const Real* x;
  template <std::size_t R, std::size_t V>
  void operator()(Tile<Real, R, V>& sum, std::size_t i, std::size_t j) const {
    using S = Simd<Real>;
    for (std::size_t r = 0; r < R; ++r)
      for (std::size_t v = 0; v < V; ++v)
        sum.at[r][v] = S::where_positive(S::load(x + (i + r) * sample_stride + j + v * S::width),
                                         sum.at[r][v]);
  }
};

/// M[i][k] = data[i * row + k * column]
template <class Real>
struct Matrix {
  const Real* data;
  std::size_t rows, columns, row, column;
  Matrix transposed() const { return {data, columns, rows, column, row}; }
};

/// Y = finish(bias + M X) for n samples, a multiple of a pack; bias [rows] or null.
template <class Real, class Finish>
class Product {
 public:
  Matrix<Real> M;
  const Real *bias, *X;
  Real* Y;
  Finish finish;

  void run(std::size_t n) const {
    constexpr std::size_t width = Simd<Real>::width;
    std::size_t j = 0;
    for (; j + 3 * width <= n; j += 3 * width) panel<3>(j);
    for (; j < n; j += width) panel<1>(j);
  }

 private:
  template <std::size_t V>
  void panel(std::size_t j) const {
    constexpr std::size_t R = tall_tiles ? 8 : 4;
    std::size_t i = 0;
    for (; i + R <= M.rows; i += R) tile<R, V>(i, j);
    if (i + 4 <= M.rows) tile<4, V>(i, j), i += 4;
    if (i + 2 <= M.rows) tile<2, V>(i, j), i += 2;
    if (i < M.rows) tile<1, V>(i, j);
  }

  template <std::size_t R, std::size_t V>
  void tile(std::size_t i, std::size_t j) const {
    using S = Simd<Real>;
    Tile<Real, R, V> sum;
    for (std::size_t r = 0; r < R; ++r)
      for (std::size_t v = 0; v < V; ++v) sum.at[r][v] = S::all(bias ? bias[i + r] : Real(0));
    const Real *w = M.data + i * M.row, *x = X + j;
    for (std::size_t k = 0; k < M.columns; ++k, w += M.column, x += sample_stride) {
      typename S::Register s[V];
      for (std::size_t v = 0; v < V; ++v) s[v] = S::load(x + v * S::width);
      for (std::size_t r = 0; r < R; ++r) {
        const auto m = S::all(w[r * M.row]);
        for (std::size_t v = 0; v < V; ++v) sum.at[r][v] = S::fma(m, s[v], sum.at[r][v]);
      }
    }
    finish(sum, i, j);
    for (std::size_t r = 0; r < R; ++r)
      for (std::size_t v = 0; v < V; ++v)
        S::store(Y + (i + r) * sample_stride + j + v * S::width, sum.at[r][v]);
  }
};

}  // namespace seedbed
