#pragma once
#include <cstdint>
#include <vector>

namespace seedbed {

/// Running covariance matrix of a vector, row after row; nothing above `most` components, where its
/// size would cost more than what it says. Source: Welford 1962.
class Covariance {
 public:
  static constexpr std::size_t most = 512;

  explicit Covariance(std::size_t size)
      : mean_(size <= most ? size : 0, 0.0), sum_(mean_.size() * mean_.size(), 0.0) {}
  void add(const std::vector<double>& x);

  /// Of one vector, or of their mean: divided by M. Empty when d > most or M < 2.
  std::vector<double> of_one() const;
  std::vector<double> of_mean() const;

 private:
  std::vector<double> scaled(double divisor) const;

  std::uint64_t count_ = 0;
  std::vector<double> mean_, sum_, delta_;
};

}  // namespace seedbed
