#pragma once
#include <span>
#include <vector>

#include "engine/arena.hpp"
#include "oracle/finite_process.hpp"

namespace seedbed {

/// psi_t(s, a) for every (s, a) of one step t, by one call of the policy's score with a segment
/// for each. Only what is not zero is kept: a tabular policy touches one state's parameters.
class StepScores {
 public:
  struct Entry {
    std::size_t index;  ///< component of theta
    double value;
  };

  StepScores(const FiniteProcess& process, std::size_t t, Arena& arena);

  std::span<const Entry> operator()(std::size_t s, std::size_t a) const {
    const std::size_t k = s * actions_ + a;
    return {entries_.data() + begin_[k], begin_[k + 1] - begin_[k]};
  }

 private:
  std::size_t actions_;
  std::vector<std::size_t> begin_;  // [S A + 1]
  std::vector<Entry> entries_;
};

/// y += factor * psi
inline void add(double factor, std::span<const StepScores::Entry> psi, double* y) {
  for (const auto& [index, value] : psi) y[index] += factor * value;
}

}  // namespace seedbed
