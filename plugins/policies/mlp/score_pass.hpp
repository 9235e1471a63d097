#pragma once
#include <span>

#include "network.hpp"
#include "row_sums.hpp"

namespace seedbed {

/// Weighted score sums of a network with a head (README, equations 7 and 8): one backward pass for
/// all weightings, since D_l of a sample is linear in its weight.
///
///   D_L = d log pi / d z        D_{l-1} = φ'(x_{l-1}) ∘ W_l^T D_l
///   G_W_l = sum_j D_l[j] (w_j x_{l-1}[j])^T        G_b_l = sum_j w_j D_l[j]
///
/// Sums over a segment: one sample after the other for W; eight partial sums for b.
template <class Real, class Head>
class ScorePass {
 public:
  ScorePass(const Shape& shape, std::size_t own, Weights weights, const Segments& segments,
            double* G, Scratch& scratch)
      : shape_(shape), own_(own), weights_(weights), segments_(segments.count), G_(G) {
    std::size_t widest = 0;
    for (const std::size_t width : shape.width) widest = std::max(widest, width);
    D_ = Network<Real>::take(2 * widest * sample_stride, scratch);
    below_ = D_ + widest * sample_stride;
    turned_ = Network<Real>::take(padded(widest) * sample_capacity, scratch);
    weighted_ = Network<Real>::take(padded(widest) * sample_capacity, scratch);
    w_ = Network<Real>::take(weights.count * sample_stride, scratch);
    if (!direct) sum_ = Network<Real>::take(weights.count * shape.parameters, scratch);
    bias_ = Network<Real>::take(weights.count * shape.units() * 8, scratch);
    own_sums_ = scratch.take(weights.count * own * 8);
  }

  /// The samples of a run, whose forward pass and head are done.
  void add(const Network<Real>& net, Head& head, In action, const SegmentRun& run) {
    const std::size_t L = shape_.layers();
    Real *D = D_, *below = below_;
    pad(D, run.count, net.padded());
    head.score(from(action, run.first), run.count, D);
    for (std::size_t k = 0; k < weights_.count; ++k) {
      const double* w = weights_.w.row(k) + run.first;
      std::transform(w, w + run.count, w_ + k * sample_stride,
                     [](double x) { return static_cast<Real>(x); });
    }
    for (std::size_t l = L; l >= 1; --l) {
      sum_layer(net, l, D, run);
      if (l > 1) net.backward(l, D, below);
      std::swap(D, below);
    }
    for (std::size_t k = 0; k < weights_.count; ++k) sum_own(head, k, run);
  }

 private:
  static constexpr bool direct = std::is_same_v<Real, double>;  ///< G holds the sums under way

  double* target(std::size_t k, std::size_t segment) const {
    return G_ + (k * segments_ + segment) * (shape_.parameters + own_);
  }

  /// Zeros where the head writes nothing.
  void pad(Real* D, std::size_t n, std::size_t padded) const {
    for (std::size_t i = 0; i < shape_.outputs(); ++i)
      std::fill(D + i * sample_stride + n, D + i * sample_stride + padded, Real(0));
  }

  static std::size_t padded(std::size_t columns) { return (columns + 15) / 16 * 16; }

  /// Of every weighting, a piece after the other: what it reads stays in L1.
  void sum_layer(const Network<Real>& net, std::size_t l, const Real* D, const SegmentRun& run) {
    const std::size_t columns = shape_.width[l - 1];
    transpose(net.input(l), columns, run.count, turned_, padded(columns));
    for (const SegmentRun::Piece& piece : run.pieces())
      for (std::size_t k = 0; k < weights_.count; ++k)
        sum_piece(l, k, D + piece.offset, piece, target(k, piece.segment));
  }

  void sum_piece(std::size_t l, std::size_t k, const Real* D, const SegmentRun::Piece& piece,
                 double* g) {
    const std::size_t rows = shape_.width[l], columns = shape_.width[l - 1];
    const std::size_t width = padded(columns);
    const Real* w = w_ + k * sample_stride + piece.offset;
    weigh(turned_ + piece.offset * width, w, piece.length, width, weighted_);
    OuterProduct<Real>{D,
                       weighted_,
                       width,
                       rows,
                       columns,
                       piece.length,
                       piece.begins,
                       piece.ends,
                       sums_of(g, k) + shape_.weight(l),
                       g + shape_.weight(l)}
        .run();
    sum_rows(
        rows, [D](std::size_t i) { return D + i * sample_stride; }, w, piece.length, piece.begins,
        piece.ends, bias_ + (k * shape_.units() + shape_.row[l]) * 8, g + shape_.bias(l));
  }

  void sum_own(const Head& head, std::size_t k, const SegmentRun& run) {
    if (own_ == 0) return;
    const double* w = weights_.w.row(k) + run.first;
    for (const SegmentRun::Piece& piece : run.pieces())
      sum_rows(
          own_, [&](std::size_t i) { return head.own_score(i) + piece.offset; }, w + piece.offset,
          piece.length, piece.begins, piece.ends, own_sums_ + k * own_ * 8,
          target(k, piece.segment) + shape_.parameters);
  }

  Real* sums_of(double* g, std::size_t k) const {
    if constexpr (direct)
      return g;
    else
      return sum_ + k * shape_.parameters;
  }

  const Shape& shape_;
  std::size_t own_;
  Weights weights_;
  std::size_t segments_;
  double* G_;
  Real *D_ = nullptr, *below_ = nullptr, *turned_ = nullptr, *weighted_ = nullptr, *sum_ = nullptr,
       *bias_ = nullptr;
  Real* w_ = nullptr;  ///< the weights of a run, as many as it has
  double* own_sums_ = nullptr;
};

}  // namespace seedbed
