#pragma once
#include <vector>

#include "oracle/dense.hpp"

namespace seedbed {

/// A = sum_k value[k] v_k v_k' of a symmetric matrix A [d][d].
struct Spectrum {
  std::vector<double> value;  ///< [d] the eigenvalues, the largest first
  Dense vector;               ///< [d][d] row k is v_k, of length 1

  /// Eigenvalues above 1e-10 of the largest: the others are 0 up to rounding, where A has none
  /// below 0.
  std::size_t rank() const;
  /// (sum lambda)^2 / sum lambda^2: d for equal eigenvalues, 1 when one is all; NaN for A = 0.
  double effective_rank() const;
};

/// By cyclic Jacobi rotations, exact up to rounding: about 10 sweeps of 6 d^3. The rotations come
/// in a fixed order: the same bits at every vector width. A counts by its symmetric part. Throws
/// Error when A holds what is not finite.
/// Source: Golub & Van Loan 2013, algorithm 8.5.3.
Spectrum spectrum(const Dense& A);

}  // namespace seedbed
