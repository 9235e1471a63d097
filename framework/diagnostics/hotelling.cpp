#include "diagnostics/hotelling.hpp"

#include <algorithm>
#include <cmath>

#include "diagnostics/measured.hpp"
#include "diagnostics/quantile.hpp"

namespace seedbed {

namespace {

constexpr double cut = 1e-8;  // of the part of a component's variance that the others leave

/// V in units of its standard deviations, and what is left of it as pivots are taken out.
class Elimination {
 public:
  Elimination(const std::vector<double>& difference, const std::vector<double>& V)
      : n_(difference.size()), left_(V), z_(difference) {
    std::vector<double> s(n_);
    for (std::size_t i = 0; i < n_; ++i) s[i] = std::sqrt(V[i * n_ + i]);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j)
        left_[i * n_ + j] = s[i] > 0.0 && s[j] > 0.0 ? V[i * n_ + j] / s[i] / s[j] : 0.0;
    for (std::size_t i = 0; i < n_; ++i) z_[i] = s[i] > 0.0 ? z_[i] / s[i] : 0.0;
  }

  std::size_t largest() const {
    std::size_t k = 0;
    for (std::size_t i = 1; i < n_; ++i)
      if (left_[i * n_ + i] > left_[k * n_ + k]) k = i;
    return k;
  }
  double pivot(std::size_t k) const { return left_[k * n_ + k]; }

  /// y = z_k / L_kk;  z_i -= L_ik y,  left_ij -= L_ik L_jk;  gives y^2.
  double take_out(std::size_t k) {
    const double L_kk = std::sqrt(pivot(k)), y = z_[k] / L_kk;
    std::vector<double> L(n_);
    for (std::size_t i = 0; i < n_; ++i) L[i] = left_[i * n_ + k] / L_kk;
    for (std::size_t i = 0; i < n_; ++i) {
      z_[i] -= L[i] * y;
      for (std::size_t j = 0; j < n_; ++j) left_[i * n_ + j] -= L[i] * L[j];
    }
    for (std::size_t i = 0; i < n_; ++i) left_[i * n_ + k] = left_[k * n_ + i] = 0.0;
    return y * y;
  }

 private:
  std::size_t n_;
  std::vector<double> left_, z_;
};

}  // namespace

Hotelling hotelling(const std::vector<double>& difference, const std::vector<double>& V,
                    std::uint64_t M) {
  Hotelling result{Measured::none, Measured::none, 0};
  if (V.empty()) return result;
  Elimination elimination(difference, V);
  double T2 = 0.0;
  for (std::uint64_t& r = result.rank; r < difference.size(); ++r) {
    const std::size_t k = elimination.largest();
    if (!(elimination.pivot(k) > cut)) break;
    T2 += elimination.take_out(k);
  }
  const std::uint64_t r = result.rank;
  if (r == 0 || M <= r + 1) return result;
  result.T2 = T2;
  result.p = f_tail(T2 * static_cast<double>(M - r) / static_cast<double>(r * (M - 1)), r, M - r);
  return result;
}

}  // namespace seedbed
