#pragma once
#include <algorithm>
#include <cstddef>
#include <memory>

#include "policies/mlp/tanh.hpp"

namespace seedbed::limit {

inline constexpr std::size_t width = 64;

/// A register of numbers. Of 512 bits, or of what the compiler makes of that.
template <class Real>
using Pack [[gnu::vector_size(64)]] = Real;

/// y[o][j] = b[o] + sum_i W[o][i] x[i][j] for N samples j, `Rows` outputs at a time.
template <class Real, std::size_t In, std::size_t Out, std::size_t N>
void dense(const Real* W, const Real* b, const Real (*x)[N], Real (*y)[N]) {
  constexpr std::size_t per_pack = 64 / sizeof(Real), packs = N / per_pack;
  constexpr std::size_t rows = std::min<std::size_t>(Out, 24 / packs);
  static_assert(Out % rows == 0 && N % per_pack == 0);
  for (std::size_t o = 0; o < Out; o += rows) {
    Pack<Real> sum[rows][packs];
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t k = 0; k < packs; ++k) sum[r][k] = (b ? b[o + r] : Real(0)) - Pack<Real>{};
    for (std::size_t i = 0; i < In; ++i) {
      const auto* in = reinterpret_cast<const Pack<Real>*>(x[i]);
      for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t k = 0; k < packs; ++k) sum[r][k] += W[(o + r) * In + i] * in[k];
    }
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t k = 0; k < packs; ++k)
        reinterpret_cast<Pack<Real>*>(y[o + r])[k] = sum[r][k];
  }
}

/// With the policy's own tanh: no other that was tried is as fast.
template <class Real, std::size_t N>
void tanh_all(Real (*y)[N]) {
  using Some = seedbed::Pack<3, Real>;
  constexpr std::size_t half = width / 2 * N;
  static_assert(half % Some::size == 0);
  Real *first = y[0], *second = y[width / 2];
  for (std::size_t j = 0; j < half; j += Some::size) {
    Some a = Some::load(first + j), b = Some::load(second + j);
    tanh_pair(a, b);
    a.store(first + j);
    b.store(second + j);
  }
}

/// The weights, and those that go backwards.
template <class Real>
struct Network {
  alignas(64) Real W1[width * 4], b1[width], W2[width * width], b2[width], W3[2 * width], b3[2];
  alignas(64) Real W2_transposed[width * width];

  explicit Network(const double* theta) {
    for (auto [to, n] : {std::pair<Real*, std::size_t>{W1, width * 4},
                         {b1, width},
                         {W2, width * width},
                         {b2, width},
                         {W3, 2 * width},
                         {b3, 2}}) {
      std::copy_n(theta, n, to);
      theta += n;
    }
    for (std::size_t o = 0; o < width; ++o)
      for (std::size_t i = 0; i < width; ++i) W2_transposed[i * width + o] = W2[o * width + i];
  }

  template <std::size_t N>
  void forward(const Real (*s)[N], Real (*h1)[N], Real (*h2)[N], Real (*z)[N]) const {
    dense<Real, 4, width, N>(W1, b1, s, h1);
    tanh_all<Real, N>(h1);
    dense<Real, width, width, N>(W2, b2, h1, h2);
    tanh_all<Real, N>(h2);
    dense<Real, width, 2, N>(W3, b3, h2, z);
  }
};

}  // namespace seedbed::limit
