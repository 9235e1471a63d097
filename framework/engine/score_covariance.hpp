#pragma once
#include <cstdint>
#include <vector>

#include "engine/arena.hpp"
#include "engine/instance.hpp"

namespace seedbed {

/// The Fisher information of trajectories, as score sums say it: F = 1/n sum_i Z_i Z_i', from the
/// first 4096 trajectories that it is shown; not above d = 128, where the spectrum would cost more
/// than the stage.
class ScoreCovariance {
 public:
  static constexpr std::size_t most_parameters = 128;
  static constexpr std::uint64_t enough = 4096;

  ScoreCovariance(const Instance& policy, std::vector<double> theta);
  /// Trajectories that acted under theta.
  void add(const seedbed_batch& batch, Arena& arena);

  std::uint64_t trajectories() const { return trajectories_; }
  std::vector<double> matrix() const;  ///< [d][d]; empty where d is too large, or without any.

  /// What add() changes, for one that saves or restores it.
  template <class Visitor>
  void members(Visitor& visit) {
    visit("trajectories", trajectories_);
    visit("sum", sum_);
  }

 private:
  const Instance& policy_;
  std::vector<double> theta_;
  std::uint64_t trajectories_ = 0;
  std::vector<double> sum_;
};

}  // namespace seedbed
