#include "diagnostics/covariance.hpp"

namespace seedbed {

/// sum += (x - mean_before)(x - mean_after)' = (1 - 1/n) (x - mean_before)(x - mean_before)'
void Covariance::add(const std::vector<double>& x) {
  const std::size_t d = mean_.size();
  const auto n = static_cast<double>(++count_);
  delta_.resize(d);
  for (std::size_t i = 0; i < d; ++i) {
    delta_[i] = x[i] - mean_[i];
    mean_[i] += delta_[i] / n;
  }
  for (std::size_t i = 0; i < d; ++i) {
    const double factor = (1.0 - 1.0 / n) * delta_[i];
    double* row = sum_.data() + i * d;
    for (std::size_t j = 0; j < d; ++j) row[j] += factor * delta_[j];
  }
}

std::vector<double> Covariance::of_one() const {
  return scaled(1.0);
}
std::vector<double> Covariance::of_mean() const {
  return scaled(static_cast<double>(count_));
}

std::vector<double> Covariance::scaled(double divisor) const {
  if (count_ < 2) return {};
  std::vector<double> result = sum_;
  for (double& entry : result) entry /= divisor * static_cast<double>(count_ - 1);
  return result;
}

}  // namespace seedbed
