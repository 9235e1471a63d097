#pragma once
#include <vector>

#include "oracle/dense.hpp"
#include "oracle/step_scores.hpp"

namespace seedbed {

/// A sum of weight (mu psi psi' + psi omega' + omega psi'), with psi sparse and omega [d] dense:
/// what a second moment of sums of scores is made of. Only one half is touched until `value`.
class SecondMoment {
 public:
  explicit SecondMoment(std::size_t d) : half_(d, d), row_(d) {}

  ///   half += weight ψ (½ μ ψ + ω)'
  void add(double weight, std::span<const StepScores::Entry> psi, double mu, const double* omega) {
    for (std::size_t j = 0; j < row_.size(); ++j) row_[j] = omega[j];
    seedbed::add(0.5 * mu, psi, row_.data());
    for (const auto& [index, value] : psi) {
      double* to = &half_(index, 0);
      for (std::size_t j = 0; j < row_.size(); ++j) to[j] += weight * value * row_[j];
    }
  }
  Dense value() const { return half_ + transpose(half_); }

 private:
  Dense half_;
  std::vector<double> row_;
};

/// 1, y, y^2, ..., y^(count-1)
inline std::vector<double> geometric(double y, std::size_t count) {
  std::vector<double> power(count, 1.0);
  for (std::size_t t = 1; t < count; ++t) power[t] = y * power[t - 1];
  return power;
}

}  // namespace seedbed
