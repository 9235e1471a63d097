#pragma once
#include <cstddef>
#include <vector>

namespace seedbed {

/// A sum whose rounding error does not grow with the number of terms. Source: Neumaier 1974.
class CompensatedSum {
 public:
  void add(double x) {
    const double total = sum_ + x;
    const bool larger = (sum_ < 0 ? -sum_ : sum_) >= (x < 0 ? -x : x);
    lost_ += larger ? (sum_ - total) + x : (x - total) + sum_;
    sum_ = total;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0, lost_ = 0.0;
};

/// Mean and covariance of a vector that takes each value g with a known probability.
class WeighedMoments {
 public:
  explicit WeighedMoments(std::size_t size);

  void add(double probability, const double* g);

  std::size_t size() const { return first_.size(); }
  double total() const { return total_.value(); }  ///< Sum of the probabilities: 1 when complete.
  std::vector<double> mean() const;                ///< [size] E g
  double covariance(std::size_t i, std::size_t j) const;  ///< E g_i g_j - E g_i E g_j
  double variance(std::size_t i) const { return covariance(i, i); }

 private:
  CompensatedSum total_;
  std::vector<CompensatedSum> first_, second_;  // second: i <= j, row after row
};

}  // namespace seedbed
