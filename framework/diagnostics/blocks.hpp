#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "diagnostics/jackknife.hpp"

namespace seedbed {

/// Where number i of `expected` goes: at most 100 blocks of neighbours, as equal as can be.
///
/// Rationale: leaving out a block at a time gives an error for every smooth function of the sample
/// without a formula for each, and one that a baseline learned on the batch before does not spoil.
class Blocks {
 public:
  explicit Blocks(std::uint64_t expected) : expected_(expected) {}
  std::uint64_t count() const { return expected_ < most ? expected_ : most; }
  std::uint64_t of(std::uint64_t i) const { return i * count() / expected_; }

 private:
  static constexpr std::uint64_t most = 100;
  std::uint64_t expected_;
};

/// The mean of one number from each of `expected` batches, or from some of them.
class BlockedMean {
 public:
  explicit BlockedMean(std::uint64_t expected)
      : blocks_(expected), sum_(blocks_.count(), 0.0), size_(blocks_.count(), 0) {}
  void add(std::uint64_t batch, double x);

  double mean() const;           ///< NaN when there is none.
  double error() const;          ///< Its standard error, over the blocks that have numbers.
  std::uint64_t groups() const;  ///< Those blocks.
  Measured measured() const { return interval(mean(), error(), groups()); }

 private:
  Blocks blocks_;
  std::uint64_t count_ = 0;
  double total_ = 0.0;
  std::vector<double> sum_;
  std::vector<std::uint64_t> size_;
};

/// What the spread of n vectors x_b depends on.
struct Spread {
  double n = 0.0, squared_norm = 0.0;  ///< |mean x|^2
  double squares = 0.0;                ///< sum_b |x_b - mean x|^2

  double trace() const { return squares / (n - 1.0); }  ///< tr Var(x)
  /// (|mean x|^2 - tr Var(x)/n) / tr Var(x): its expectation has no part of the noise in the mean.
  double signal_to_noise() const { return squared_norm / trace() - 1.0 / n; }
};

/// The spread of vectors [d] that come one by one, `expected` of them, as a whole and without each
/// block: 100 x d numbers.
class BlockedSpread {
 public:
  BlockedSpread(std::size_t d, std::uint64_t expected)
      : blocks_(expected),
        d_(d),
        mean_(blocks_.count() * d, 0.0),
        squares_(blocks_.count(), 0.0),
        size_(blocks_.count(), 0) {}
  void add(const std::vector<double>& x);

  Spread whole() const;
  /// Standard error of a function of the spread.
  double error(const std::function<double(const Spread&)>& f) const;
  std::uint64_t groups() const { return blocks_.count(); }

 private:
  std::vector<double> whole_mean() const;
  Spread without(std::size_t block, const std::vector<double>& mean, const Spread& whole) const;

  Blocks blocks_;
  std::size_t d_;
  std::uint64_t count_ = 0;
  std::vector<double> mean_, squares_;  // of each block
  std::vector<std::uint64_t> size_;
};

}  // namespace seedbed
