#pragma once
#include <vector>

#include "oracle/linear_gaussian_process.hpp"

namespace seedbed {

/// Moments of scores times quadratic targets, in the natural parameters:
///   E[psi_t psi_u'], E[psi_t psi_u' f], E[psi_t psi_u' g], E[psi_t psi_u' f g]
/// for the scores of two steps and two forms f, g.
class ScoreProducts {
 public:
  explicit ScoreProducts(const LinearGaussianProcess& process);

  struct Products {
    Dense one, f, g, fg;  ///< [p][p] each
  };
  Products operator()(std::size_t t, const GaussianForm& f, std::size_t u,
                      const GaussianForm& g) const;

  std::size_t size() const { return factors_.size(); }  ///< p
  /// psi_t's component c as a form.
  GaussianForm score(std::size_t t, std::size_t c) const;
  /// E[psi_t f], [p]
  std::vector<double> mean(std::size_t t, const GaussianForm& f) const;

 private:
  /// psi_c = weight (l_first l_second - E l_first l_second), l of the affine functions of a step:
  /// e_i / variance_i (m of them), then x_k (n of them).
  struct Factors {
    double weight;
    std::size_t first, second;
  };
  std::vector<Factors> factors_;  // [p]
  std::vector<Dense> affine_;     // [H], each [m+n][D+1]
};

}  // namespace seedbed
