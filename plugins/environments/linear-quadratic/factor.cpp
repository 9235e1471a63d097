#include "factor.hpp"

#include <cmath>

namespace seedbed {
namespace {

/// What remains of an entry after elimination counts as zero below this part of its diagonal.
constexpr double rounding = 1e-12;

std::string place(std::size_t i, std::size_t k) {
  return "[" + std::to_string(i) + "][" + std::to_string(k) + "]";
}

}  // namespace

std::vector<double> symmetric(const Values& values, std::string_view key, std::size_t size) {
  const MatrixView given = values.matrix(key);
  if (given.rows * given.columns == 0) return std::vector<double>(size * size, 0.0);
  const MatrixView M = values.matrix(key, size, size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (M(i, k) != M(k, i))
        throw values.error(key, "expected a symmetric matrix, got " + std::to_string(M(i, k)) +
                                    " at " + place(i, k) + " and " + std::to_string(M(k, i)) +
                                    " at " + place(k, i));
  return M.copy();
}

/// Cholesky: L_kk = sqrt(S_kk - sum_j L_kj^2), L_ik = (S_ik - sum_j L_ij L_kj) / L_kk. A pivot of
/// zero leaves its column zero, and then the rest of that column must be zero too.
std::vector<double> factor(const Values& values, std::string_view key, const std::vector<double>& S,
                           std::size_t size) {
  std::vector<double> L(size * size, 0.0);
  const auto rest = [&](std::size_t i, std::size_t k) {
    double value = S[i * size + k];
    for (std::size_t j = 0; j < k; ++j) value -= L[i * size + j] * L[k * size + j];
    return value;
  };
  const auto refuse = [&](std::size_t i, std::size_t k) {
    return values.error(key,
                        "expected a positive semidefinite matrix, got an indefinite one: its "
                        "elimination leaves " +
                            std::to_string(rest(i, k)) + " at " + place(i, k));
  };
  for (std::size_t k = 0; k < size; ++k) {
    const double diagonal = S[k * size + k], pivot = rest(k, k);
    if (diagonal < 0.0 || pivot < -rounding * diagonal) throw refuse(k, k);
    const bool zero = pivot <= rounding * diagonal;
    if (!zero) L[k * size + k] = std::sqrt(pivot);
    for (std::size_t i = k + 1; i < size; ++i) {
      const double scale = std::sqrt(std::abs(S[i * size + i])) * std::sqrt(diagonal);
      if (!zero)
        L[i * size + k] = rest(i, k) / L[k * size + k];
      else if (std::abs(rest(i, k)) > 1e-6 * scale)
        throw refuse(i, k);
    }
  }
  return L;
}

}  // namespace seedbed
