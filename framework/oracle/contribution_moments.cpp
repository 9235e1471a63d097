#include "oracle/contribution_moments.hpp"

namespace seedbed {

double ContributionMoments::trace() const {
  return seedbed::trace(covariance);
}

Dense covariance_of(Dense second, const std::vector<double>& mean) {
  for (std::size_t i = 0; i < mean.size(); ++i)
    for (std::size_t j = 0; j < mean.size(); ++j) second(i, j) -= mean[i] * mean[j];
  return second;
}

///   b* = E |Z|² R / E |Z|²
///
/// Source: Greensmith, Bartlett & Baxter 2004, theorem 8.
double ReinforceMoments::best_baseline() const {
  const double squares = trace(F);
  return squares > 0.0 ? trace(ZZR) / squares : 0.0;
}

///   b*_j = E Z_j² R / E Z_j²        0 where Z_j = 0 surely: every b_j does there
///
/// Source: Peters & Schaal 2008, section 3.2.
std::vector<double> ReinforceMoments::best_baselines() const {
  std::vector<double> b(F.rows, 0.0);
  for (std::size_t j = 0; j < b.size(); ++j)
    if (F(j, j) > 0.0) b[j] = ZZR(j, j) / F(j, j);
  return b;
}

ContributionMoments ReinforceMoments::with_baseline(double b) const {
  return with_baselines(std::vector<double>(F.rows, b));
}

///   E g_i g_j = E Z_i Z_j R² − (b_i + b_j) E Z_i Z_j R + b_i b_j E Z_i Z_j        E g = ∇J
ContributionMoments ReinforceMoments::with_baselines(const std::vector<double>& b) const {
  Dense second = ZZRR;
  for (std::size_t i = 0; i < b.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j)
      second(i, j) += b[i] * b[j] * F(i, j) - (b[i] + b[j]) * ZZR(i, j);
  return {gradient, covariance_of(std::move(second), gradient)};
}

}  // namespace seedbed
