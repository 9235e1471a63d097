#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/statistics/scores.hpp"

namespace seedbed::statistics {

/// Draws whole replicates with replacement, in each stratum n of its n. A resample is a function of
/// (key, stream, its number) and of nothing else: Philox4x32-10 with
///
///   counter = (6 | block << 8, stratum, resample, stream)
///
/// 6 is the purpose `bootstrap` of the engine's noise. A draw is 16 bits h -> floor(h n / 2^16),
/// drawn again where that would favour some runs: exactly uniform. Source: Efron 1979; Salmon et
/// al. 2011; Lemire 2019. A constant object: any number of threads may draw.
class Resampler {
 public:
  /// Precondition: 1 <= runs <= 65535, a stratum for each task.
  Resampler(std::size_t runs, const Strata& strata, std::uint64_t key, std::uint32_t stream = 0);

  /// An empty set of counts of the right shape, to draw into.
  Counts shape() const;
  void draw(std::uint32_t resample, Counts& counts) const;

 private:
  std::uint64_t key_;
  std::uint32_t stream_;
  std::size_t runs_;
  std::vector<std::size_t> first_;    ///< Of each task, the first task of its stratum.
  std::vector<std::size_t> leaders_;  ///< The first task of each stratum.
};

/// A key from a text such as the hash of a suite: the same file, the same interval. FNV-1a.
std::uint64_t key_of(const std::string& text);

}  // namespace seedbed::statistics
