#pragma once
#include <algorithm>
#include <seedbed/policy.hpp>
#include <seedbed/segment_run.hpp>

#include "outer.hpp"
#include "shape.hpp"

namespace seedbed {

/// The network of one call, for up to `sample_capacity` samples at once (README, equations 1 to 3):
///
///   x_0 = s        x_l = φ(W_l x_{l−1} + b_l)        z = W_L x_{L−1} + b_L
///
/// Reals inside are `Real`: float rounds observations and sums, θ comes rounded; what else comes in
/// and what goes out is double.
template <class Real>
class Network {
 public:
  Network(const Shape& shape, const Real* theta, Scratch& scratch)
      : shape_(shape), theta_(theta), x_(take(shape.units() * sample_stride, scratch)) {}

  /// x_0 .. x_L of the samples first .. first+n-1; n <= sample_capacity.
  void forward(In observation, std::size_t first, std::size_t n) {
    n_ = (n + 15) / 16 * 16;
    observe(observation, first, n);
    for (std::size_t l = 1; l <= shape_.layers(); ++l) {
      const Real* bias = theta_ + shape_.bias(l);
      if (l == shape_.layers())
        multiply(W(l), bias, x(l - 1), x(l), Identity{});
      else if (shape_.activation == Activation::tanh)
        multiply(W(l), bias, x(l - 1), x(l), Tanh{});
      else
        multiply(W(l), bias, x(l - 1), x(l), Relu{});
    }
  }

  const Real* output(std::size_t i) const { return x(shape_.layers()) + i * sample_stride; }

  /// D_{l-1} = φ' ∘ W_l^T D_l, l >= 2; rows `sample_stride` apart.
  void backward(std::size_t l, const Real* D, Real* below) const {
    const Real* below_x = x(l - 1);
    if (shape_.activation == Activation::tanh)
      multiply(W(l).transposed(), nullptr, D, below, TanhSlope<Real>{below_x});
    else
      multiply(W(l).transposed(), nullptr, D, below, ReluSlope<Real>{below_x});
  }

  /// (dz/dθ) v of the samples of the last forward(), v [parameters]; rows `sample_stride` apart, in
  /// the scratch.
  ///
  ///   ẋ_0 = 0      ż_l = V_l x_{l-1} + c_l + W_l ẋ_{l-1}      ẋ_l = φ'(x_l) ∘ ż_l
  const Real* tangent(const Real* v, Scratch& scratch) const {
    const std::size_t size = *std::max_element(shape_.width.begin(), shape_.width.end());
    Real *z_dot = take(size * sample_stride, scratch), *more = take(size * sample_stride, scratch),
         *x_dot = take(size * sample_stride, scratch);
    for (std::size_t l = 1;; ++l) {
      multiply(matrix(v, l), v + shape_.bias(l), x(l - 1), z_dot, Identity{});
      if (l > 1) {
        multiply(W(l), nullptr, x_dot, more, Identity{});
        each(l, [&](std::size_t k) { z_dot[k] += more[k]; });
      }
      if (l == shape_.layers()) return z_dot;
      const Real* x_l = x(l);
      if (shape_.activation == Activation::tanh)
        each(l, [&](std::size_t k) { x_dot[k] = z_dot[k] * (Real(1) - x_l[k] * x_l[k]); });
      else
        each(l, [&](std::size_t k) { x_dot[k] = x_l[k] > Real(0) ? z_dot[k] : Real(0); });
    }
  }

  const Real* input(std::size_t l) const { return x(l - 1); }  ///< of layer l
  std::size_t padded() const { return n_; }

  static Real* take(std::size_t count, Scratch& scratch) {
    return reinterpret_cast<Real*>(scratch.take((count * sizeof(Real) + 7) / 8));
  }

 private:
  Real* x(std::size_t l) const { return x_ + shape_.row[l] * sample_stride; }
  Matrix<Real> matrix(const Real* theta, std::size_t l) const {
    return {theta + shape_.weight(l), shape_.width[l], shape_.width[l - 1], shape_.width[l - 1], 1};
  }
  Matrix<Real> W(std::size_t l) const { return matrix(theta_, l); }
  /// body(k) of the numbers of layer l's rows.
  template <class Body>
  void each(std::size_t l, Body&& body) const {
    for (std::size_t i = 0; i < shape_.width[l]; ++i)
      for (std::size_t j = 0; j < n_; ++j) body(i * sample_stride + j);
  }

  template <class Finish>
  void multiply(const Matrix<Real>& M, const Real* bias, const Real* X, Real* Y,
                const Finish& finish) const {
    Product<Real, Finish>{M, bias, X, Y, finish}.run(n_);
  }

  void observe(In s, std::size_t first, std::size_t n) {
    const bool one_hot = shape_.discrete_observation;
    for (std::size_t i = 0; i < shape_.width[0]; ++i) {
      Real* x0 = x(0) + i * sample_stride;
      const double *value = s.row(one_hot ? 0 : i) + first, index = static_cast<double>(i);
      if (one_hot)
        for (std::size_t j = 0; j < n; ++j) x0[j] = value[j] == index ? Real(1) : Real(0);
      else
        for (std::size_t j = 0; j < n; ++j) x0[j] = static_cast<Real>(value[j]);
      std::fill(x0 + n, x0 + n_, Real(0));
    }
  }

  const Shape& shape_;
  const Real* theta_;
  Real* x_;  ///< [units][sample_stride]: x_0, x_1, .. x_L
  std::size_t n_ = 0;
};

}  // namespace seedbed
