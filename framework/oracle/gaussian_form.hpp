#pragma once
#include <vector>

#include "oracle/dense.hpp"

namespace seedbed {

/// A quadratic function of a standard normal vector z [D], as the symmetric matrix M
/// [D+1][D+1] of f = (z, 1)' M (z, 1). An affine function is a row l [D+1]: f = l (z, 1).
struct GaussianForm {
  Dense M;

  explicit GaussianForm(std::size_t D) : M(D + 1, D + 1) {}

  std::size_t size() const { return M.rows - 1; }  ///< D
  double constant() const { return M.data.back(); }

  /// Adds factor * x' S y for affine vectors x, y (matrices [.][D+1]) and any S.
  void add(double factor, const Dense& x, const Dense& S, const Dense& y);
  void add(double factor, const GaussianForm& other) { M += factor * other.M; }
};

double mean(const GaussianForm& f);
double covariance(const GaussianForm& f, const GaussianForm& g);
/// E[(f - E f)(g - E g)(h - E h)]
double third_moment(const GaussianForm& f, const GaussianForm& g, const GaussianForm& h);

/// E[f | z_0 .. z_{known-1}], a form that the other coordinates are not in.
GaussianForm given(const GaussianForm& f, std::size_t known);

}  // namespace seedbed
