#include "oracle/score_products.hpp"

#include <algorithm>

namespace seedbed {

namespace {

/// a + b s + c r + d s r with s² = r² = 0: the Taylor coefficients that a product of one f and one
/// g needs of E[... exp(s f + r g)].
struct Mixed {
  double one = 0.0, s = 0.0, r = 0.0, sr = 0.0;
};
Mixed operator+(const Mixed& a, const Mixed& b) {
  return {a.one + b.one, a.s + b.s, a.r + b.r, a.sr + b.sr};
}
Mixed operator-(const Mixed& a, const Mixed& b) {
  return {a.one - b.one, a.s - b.s, a.r - b.r, a.sr - b.sr};
}
Mixed operator*(const Mixed& a, const Mixed& b) {
  return {a.one * b.one, a.one * b.s + a.s * b.one, a.one * b.r + a.r * b.one,
          a.one * b.sr + a.s * b.r + a.r * b.s + a.sr * b.one};
}
Mixed operator*(double a, const Mixed& b) {
  return {a * b.one, a * b.s, a * b.r, a * b.sr};
}

/// Row after row, the first D entries.
double dot(const Dense& a, std::size_t i, const Dense& b, std::size_t j) {
  const double *x = a.data.data() + i * a.columns, *y = b.data.data() + j * b.columns;
  double sum = 0.0;
  for (std::size_t k = 0; k + 1 < a.columns; ++k) sum += x[k] * y[k];
  return sum;
}

/// a * b, at the cost of the entries of a that are not 0: what a step knows is short.
Dense times(const Dense& a, const Dense& b) {
  Dense c(a.rows, b.columns);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t k = 0; k < a.columns; ++k)
      if (const double factor = a(i, k); factor != 0.0)
        for (std::size_t j = 0; j < b.columns; ++j) c(i, j) += factor * b(k, j);
  return c;
}

/// Under the density exp(s f + r g), scaled to 1, z is normal still: the means and covariances of
/// affine functions l of it, with f = z'Az + b'z + c and g = z'Bz + h'z + k.
///
///   E[l] = l_0 + s b'l + r h'l + 2sr (l'Ah + l'Bb)
///   Cov[l, l'] = l'l' + 2s l'Al' + 2r l'Bl' + 4sr (l'ABl' + l'BAl')
///   E[exp(s f + r g)] = 1 + s E f + r E g + sr (Cov[f, g] + E f E g)
struct Tilted {
  std::vector<Mixed> mean;
  std::vector<Mixed> covariance;  ///< [q][q]
  std::size_t q;
  Mixed scale;

  Tilted(const Dense& l, const GaussianForm& f, const GaussianForm& g)
      : mean(l.rows), covariance(l.rows * l.rows), q(l.rows) {
    const std::size_t D = f.size();
    Dense linear = l;
    for (std::size_t i = 0; i < q; ++i) linear(i, D) = 0.0;
    const Dense lA = times(linear, f.M), lB = &f == &g ? lA : times(linear, g.M);
    // Their last columns are half of l'b and l'h.
    for (std::size_t i = 0; i < q; ++i) {
      mean[i] = {l(i, D), 2.0 * lA(i, D), 2.0 * lB(i, D),
                 4.0 * (dot(lA, i, g.M, D) + dot(lB, i, f.M, D))};
      for (std::size_t j = 0; j < q; ++j)
        covariance[i * q + j] = {dot(linear, i, linear, j), 2.0 * dot(lA, i, linear, j),
                                 2.0 * dot(lB, i, linear, j),
                                 4.0 * (dot(lA, i, lB, j) + dot(lB, i, lA, j))};
    }
    const double Ef = seedbed::mean(f), Eg = seedbed::mean(g);
    scale = {1.0, Ef, Eg, seedbed::covariance(f, g) + Ef * Eg};
  }

  const Mixed& C(std::size_t i, std::size_t j) const { return covariance[i * q + j]; }

  /// E[l_i l_j] under the tilt.
  Mixed pair(std::size_t i, std::size_t j) const { return mean[i] * mean[j] + C(i, j); }

  /// E[(l_i l_j − E l_i l_j)(l_k l_l − E l_k l_l)] with the inner E without the tilt: Isserlis
  /// 1918.
  Mixed product(std::size_t i, std::size_t j, std::size_t k, std::size_t l) const {
    const Mixed four = pair(i, j) * pair(k, l) + C(i, k) * C(j, l) + C(i, l) * C(j, k) +
                       mean[i] * mean[k] * C(j, l) + mean[i] * mean[l] * C(j, k) +
                       mean[j] * mean[k] * C(i, l) + mean[j] * mean[l] * C(i, k);
    const double ij = pair(i, j).one, kl = pair(k, l).one;
    return four - kl * pair(i, j) - ij * pair(k, l) + Mixed{ij * kl};
  }
};

/// One affine vector above the other.
Dense stack(const Dense& a, const Dense& b) {
  Dense result(a.rows + b.rows, a.columns);
  std::copy(a.data.begin(), a.data.end(), result.data.begin());
  std::copy(b.data.begin(), b.data.end(),
            result.data.begin() + static_cast<std::ptrdiff_t>(a.data.size()));
  return result;
}

}  // namespace

///   ∂ log π / ∂K[i][k] = (e_i / v_i) x_k        ∂ log π / ∂v_i = ½ ((e_i / v_i)² − 1/v_i)
ScoreProducts::ScoreProducts(const LinearGaussianProcess& process) {
  const std::size_t m = process.m(), n = process.n();
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t k = 0; k < n; ++k) factors_.push_back({1.0, i, m + k});
  for (std::size_t i = 0; i < m; ++i) factors_.push_back({0.5, i, i});
  for (std::size_t t = 0; t < process.H(); ++t) {
    Dense e = process.exploration(t);
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j < e.columns; ++j) e(i, j) /= process.variance[i];
    affine_.push_back(stack(e, process.state(t)));
  }
}

ScoreProducts::Products ScoreProducts::operator()(std::size_t t, const GaussianForm& f,
                                                  std::size_t u, const GaussianForm& g) const {
  const std::size_t p = factors_.size(), other = affine_[t].rows;
  const Tilted tilted(stack(affine_[t], affine_[u]), f, g);
  Products result{Dense(p, p), Dense(p, p), Dense(p, p), Dense(p, p)};
  for (std::size_t c = 0; c < p; ++c)
    for (std::size_t k = 0; k < p; ++k) {
      const Factors &a = factors_[c], &b = factors_[k];
      const Mixed value =
          a.weight * b.weight *
          (tilted.scale * tilted.product(a.first, a.second, other + b.first, other + b.second));
      result.one(c, k) = value.one;
      result.f(c, k) = value.s;
      result.g(c, k) = value.r;
      result.fg(c, k) = value.sr;
    }
  return result;
}

GaussianForm ScoreProducts::score(std::size_t t, std::size_t c) const {
  const auto& [weight, first, second] = factors_[c];
  const std::size_t columns = affine_[t].columns;
  const Dense l(1, columns, affine_[t].data.data() + first * columns);
  const Dense k(1, columns, affine_[t].data.data() + second * columns);
  GaussianForm psi(columns - 1);
  psi.add(weight, l, diagonal({1.0}), k);
  psi.M.data.back() -= seedbed::mean(psi);
  return psi;
}

std::vector<double> ScoreProducts::mean(std::size_t t, const GaussianForm& f) const {
  const Tilted tilted(affine_[t], f, f);
  std::vector<double> result;
  for (const auto& [weight, first, second] : factors_) {
    const Mixed pair = tilted.pair(first, second);
    result.push_back(weight * (tilted.scale * (pair - Mixed{pair.one})).s);
  }
  return result;
}

}  // namespace seedbed
