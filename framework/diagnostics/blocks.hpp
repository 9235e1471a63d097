#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "diagnostics/jackknife.hpp"

namespace seedbed {

/// Blocks of neighbouring batches, all of the same power of two but the last: each batch its own up
/// to 128, then 65 to 128 blocks, however many come.
///
/// Rationale: leaving out a block at a time gives an error for every smooth function of the sample
/// without a formula for each, and one that a baseline learned on the batch before does not spoil.
inline constexpr std::uint64_t most_blocks = 128;

/// The mean of one number from each batch, or from some of them.
class BlockedMean {
 public:
  /// `batch` never decreases.
  void add(std::uint64_t batch, double x);

  double mean() const;           ///< NaN when there is none.
  double error() const;          ///< Its standard error, over the blocks that have numbers.
  std::uint64_t groups() const;  ///< Those blocks.
  Measured measured() const { return interval(mean(), error(), groups()); }

  /// All that it holds, for one that saves or restores it.
  template <class Visitor>
  void members(Visitor& visit) {
    visit("count", count_);
    visit("per_block", per_block_);
    visit("total", total_);
    visit("sum", sum_);
    visit("size", size_);
  }

 private:
  std::uint64_t count_ = 0, per_block_ = 1;
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

/// The spread of vectors [d] that come one by one, as a whole and without each block: 128 d
/// numbers.
class BlockedSpread {
 public:
  explicit BlockedSpread(std::size_t d) : d_(d) {}
  void add(const std::vector<double>& x);

  Spread whole() const;
  /// Standard error of a function of the spread.
  double error(const std::function<double(const Spread&)>& f) const;
  std::uint64_t groups() const { return size_.size(); }
  /// Column after column, [d][groups]: A with A'A = Cov(mean x), the jackknife's. NaN of one group.
  ///   A_kj = (mean_k - mean)_j / sqrt(K (n/n_k - 1))
  std::vector<double> deviations() const;

  template <class Visitor>
  void members(Visitor& visit) {
    visit("count", count_);
    visit("per_block", per_block_);
    visit("mean", mean_);
    visit("squares", squares_);
    visit("size", size_);
  }

 private:
  std::vector<double> whole_mean() const;
  Spread without(std::size_t block, const std::vector<double>& mean, const Spread& whole) const;
  void halve();

  std::size_t d_;
  std::uint64_t count_ = 0, per_block_ = 1;
  std::vector<double> mean_, squares_;  // of each block
  std::vector<std::uint64_t> size_;
};

}  // namespace seedbed
