#pragma once
#include <vector>

namespace seedbed {

/// Eigenvalues of a symmetric matrix [n][n], largest first. Cyclic Jacobi rotations with sums in
/// the order of the index: the same bits everywhere. Source: Golub & Van Loan 2013, section 8.5.
std::vector<double> eigenvalues(std::vector<double> A);

/// (sum lambda)^2 / sum lambda^2: n for equal eigenvalues, 1 when one is all; NaN when all are 0.
double effective_rank(const std::vector<double>& lambda);

}  // namespace seedbed
