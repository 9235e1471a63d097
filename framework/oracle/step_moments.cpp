#include "oracle/step_moments.hpp"

namespace seedbed {

namespace {

/// x / y, or 0 where y = 0: what y squares is 0 surely then, and every baseline does.
double ratio(double x, double y) {
  return y > 0.0 ? x / y : 0.0;
}

}  // namespace

///   b_t = γ^-t E ψ_t'g / E |ψ_t|²
///
/// In β these are the normal equations A β = c, A_kk' = E C_k'C_k', c_k = E C_k'g. Scores of
/// different steps are uncorrelated, so A_kk' = E |C_min(k,k')|², and in b the equations part.
/// A is singular where a step has no score; b_t = 0 is the solution taken.
Dense StepMoments::best() const {
  Dense b(squares.rows, squares.columns);
  for (std::size_t t = 0; t < b.rows; ++t) {
    double above = 0.0, below = 0.0;
    for (std::size_t j = 0; j < b.columns; ++j) {
      above += products(t, j);
      below += squares(t, j);
    }
    for (std::size_t j = 0; j < b.columns; ++j) b(t, j) = ratio(above, below);
  }
  return b;
}

///   b_tj = γ^-t E ψ_tj g_j / E ψ_tj²
Dense StepMoments::best_of_each() const {
  Dense b(squares.rows, squares.columns);
  for (std::size_t k = 0; k < b.data.size(); ++k)
    b.data[k] = ratio(products.data[k], squares.data[k]);
  return b;
}

///   β_kj = γ^k E C_kj² r_k / E C_kj²      E C_kj² = Σ_{t≤k} E ψ_tj²      b_t = γ^-t β_t + γ
///   b_{t+1}
///
/// Source: Peters & Schaal 2008, section 3.2.2.
Dense StepMoments::best_alone() const {
  const std::size_t H = squares.rows, d = squares.columns;
  Dense b(H, d);
  for (std::size_t j = 0; j < d; ++j) {
    double CC = 0.0, following = 0.0;
    for (std::size_t t = 0; t < H; ++t) b(t, j) = ratio(rewards(t, j), CC += squares(t, j));
    for (std::size_t t = H; t-- > 0;) following = b(t, j) += discount * following;
  }
  return b;
}

}  // namespace seedbed
