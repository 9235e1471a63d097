#pragma once
#include <algorithm>
#include <seedbed/eights.hpp>

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

/// Eight numbers, and what is summed of them by halves.
template <class Real>
struct Eight;
template <>
struct Eight<double> {
  using Numbers = Eights;
  static Numbers load(const double* x) { return Numbers::load(x); }
  static Numbers load_some(const double* x, std::size_t n) {
    return PackOfLastLanes<parts_of_eight>{0, n}.load(x);
  }
  static void store(double* x, const Numbers& numbers) { numbers.store(x); }
  static __m256d total(const Numbers (&of)[4]) { return totals(of); }
};
template <>
struct Eight<float> {
  using Numbers = __m256;
  static Numbers load(const float* x) { return _mm256_loadu_ps(x); }
  static Numbers load_some(const float* x, std::size_t n) {
    return _mm256_maskload_ps(x, _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(n)),
                                                    _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0)));
  }
  static void store(float* x, Numbers numbers) { _mm256_storeu_ps(x, numbers); }
  static __m256d total(const Numbers (&of)[4]) {
    const auto half = [](Numbers x) {
      return _mm256_castps256_ps128(x) + _mm256_extractf128_ps(x, 1);
    };
    const auto two_of_each = [](__m128 a, __m128 b) {
      return _mm_movelh_ps(a, b) + _mm_movehl_ps(b, a);
    };
    return _mm256_cvtps_pd(
        _mm_hadd_ps(two_of_each(half(of[0]), half(of[1])), two_of_each(half(of[2]), half(of[3]))));
  }
};

/// sum_j w_j D_i[j] of the rows i < `rows`, in the order of eight partial sums over j mod 8,
/// counted from the first sample of a segment; n is a multiple of 8 in every call but the last.
/// row(i) is D_i; `part` [rows][8] holds the sums under way: from 0 when `fresh`; when `last`, what
/// they come to goes to `total` [rows] instead.
template <class Real, class Row>
void sum_rows(std::size_t rows, Row&& row, const Real* w, std::size_t n, bool fresh, bool last,
              Real* part, double* total) {
  using E = Eight<Real>;
  constexpr std::size_t four =
      4;  // at once: w is read once for them, their totals are made together
  for (std::size_t first = 0; first < rows; first += four, part += four * 8) {
    const std::size_t count = std::min(four, rows - first);
    const Real* D[four];
    typename E::Numbers sum[four];
    for (std::size_t i = 0; i < four; ++i) {
      D[i] = row(first + std::min(i, count - 1));
      sum[i] = fresh ? typename E::Numbers{} : E::load(part + std::min(i, count - 1) * 8);
    }
    const auto add = [&](auto&& load) {
      const auto weight = load(w);
      for (std::size_t i = 0; i < four; ++i) sum[i] = sum[i] + weight * load(D[i]);
    };
    std::size_t j = 0;
    for (; j + 8 <= n; j += 8) add([&](const Real* x) { return E::load(x + j); });
    if (j < n) add([&](const Real* x) { return E::load_some(x + j, n - j); });
    if (last) {
      const __m256d all = E::total(sum);
      for (std::size_t i = 0; i < count; ++i) total[first + i] = all[i];
    } else {
      for (std::size_t i = 0; i < count; ++i) E::store(part + i * 8, sum[i]);
    }
  }
}

}  // namespace seedbed
