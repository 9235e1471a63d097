#include "diagnostics/hotelling.hpp"

#include <cmath>

#include "diagnostics/measured.hpp"
#include "diagnostics/quantile.hpp"

namespace seedbed {

namespace {

constexpr double cut = 1e-8;  // share of a column's square that the others leave
constexpr std::uint64_t groups_per_direction = 8;
constexpr double concentration = 6.0;  // of sum q^4, in units of 1/rows

/// The columns and the difference in units of the columns' norms, and what is left of them.
class Columns {
 public:
  Columns(const std::vector<double>& difference, const std::vector<double>& A)
      : rows_(A.size() / difference.size()), A_(A), z_(difference), share_(z_.size(), 1.0) {
    for (std::size_t j = 0; j < z_.size(); ++j) {
      const double norm = std::sqrt(product(j, j));
      if (!(norm > 0.0)) {
        leave_out(j);
        continue;
      }
      z_[j] /= norm;
      for (std::size_t k = 0; k < rows_; ++k) A_[j * rows_ + k] /= norm;
    }
  }

  std::size_t largest() const {
    std::size_t most = 0;
    for (std::size_t j = 1; j < share_.size(); ++j)
      if (share_[j] > share_[most]) most = j;
    return most;
  }
  double share(std::size_t j) const { return share_[j]; }
  void leave_out(std::size_t j) { share_[j] = 0.0; }

  bool is_concentrated(std::size_t j) const {
    double fourth = 0.0;
    for (std::size_t k = 0; k < rows_; ++k) {
      const double square = A_[j * rows_ + k] * A_[j * rows_ + k];
      fourth += square * square;
    }
    return fourth > concentration / static_cast<double>(rows_) * share_[j] * share_[j];
  }

  /// q = A_j/|A_j|, y = z_j/|A_j|: A_i -= (q'A_i) q, z_i -= (q'A_i) y; gives y^2.
  double take_out(std::size_t pivot) {
    const double norm = std::sqrt(share_[pivot]), y = z_[pivot] / norm;
    for (std::size_t i = 0; i < share_.size(); ++i) {
      if (i == pivot || share_[i] == 0.0) continue;
      const double c = product(pivot, i) / norm;
      for (std::size_t k = 0; k < rows_; ++k) A_[i * rows_ + k] -= c / norm * A_[pivot * rows_ + k];
      z_[i] -= c * y;
      share_[i] = product(i, i);
    }
    leave_out(pivot);
    return y * y;
  }

 private:
  double product(std::size_t i, std::size_t j) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < rows_; ++k) sum += A_[i * rows_ + k] * A_[j * rows_ + k];
    return sum;
  }

  std::size_t rows_;
  std::vector<double> A_, z_, share_;  // share: squared norm that is left
};

}  // namespace

Hotelling hotelling(const std::vector<double>& difference, const std::vector<double>& A,
                    std::uint64_t K) {
  Hotelling result{Measured::none, Measured::none, 0};
  Columns columns(difference, A);
  double T2 = 0.0;
  std::uint64_t& r = result.rank;
  while (groups_per_direction * r < K) {
    const std::size_t j = columns.largest();
    if (!(columns.share(j) > cut)) break;
    if (columns.is_concentrated(j)) {
      columns.leave_out(j);
      continue;
    }
    T2 += columns.take_out(j);
    ++r;
  }
  if (r == 0 || K <= r + 1) return result;
  result.T2 = T2;
  result.p = f_tail(T2 * static_cast<double>(K - r) / static_cast<double>(r * (K - 1)), r, K - r);
  return result;
}

}  // namespace seedbed
