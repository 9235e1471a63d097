#include "oracle/gaussian_form.hpp"

namespace seedbed {

///   M += ½ factor (x'Sy + y'S'x)
void GaussianForm::add(double factor, const Dense& x, const Dense& S, const Dense& y) {
  const Dense half = transpose(x) * ((0.5 * factor) * S * y);
  M += half;
  M += transpose(half);
}

///   E z'Az + b'z + c = tr A + c
double mean(const GaussianForm& f) {
  double sum = 0.0;
  for (std::size_t i = 0; i < f.M.rows; ++i) sum += f.M(i, i);
  return sum;
}

///   Cov = 2 tr A_1 A_2 + b_1'b_2 = 2 (tr M_1 M_2 − c_1 c_2)        b = 2 M's last column
double covariance(const GaussianForm& f, const GaussianForm& g) {
  return 2.0 * (inner(f.M, g.M) - f.constant() * g.constant());
}

///   E = 8 tr A_1A_2A_3 + 2 (b_1'A_2b_3 + b_2'A_1b_3 + b_1'A_3b_2) = 8 tr M_1M_2M_3 where every c =
///   0
///
/// Rationale: the corners of M_1 and M_2 are 0 in the copies, that of M_3 only meets their product.
double third_moment(const GaussianForm& f, const GaussianForm& g, const GaussianForm& h) {
  Dense first = f.M, second = g.M;
  first.data.back() = second.data.back() = 0.0;
  const Dense product = first * second;
  return 8.0 * (inner(product, h.M) - product.data.back() * h.constant());
}

GaussianForm given(const GaussianForm& f, std::size_t known) {
  const std::size_t D = f.size();
  GaussianForm result(D);
  for (std::size_t i = 0; i <= D; ++i)
    for (std::size_t j = 0; j <= D; ++j)
      if ((i < known || i == D) && (j < known || j == D)) result.M(i, j) = f.M(i, j);
  for (std::size_t i = known; i < D; ++i) result.M(D, D) += f.M(i, i);
  return result;
}

}  // namespace seedbed
