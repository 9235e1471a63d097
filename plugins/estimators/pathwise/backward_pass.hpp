#pragma once
#include <seedbed/components.hpp>

namespace seedbed {

/// A block of trajectories, walked from their last step to the first; lane j is trajectory
/// first + j. A lane whose trajectory is shorter carries zeros until its last step comes up:
/// what is pulled back is linear in the bars, so zeros stay zeros.
class BackwardPass {
 public:
  static constexpr std::size_t capacity = 128;  ///< lanes worked on at once: L1

  /// Takes its memory from `scratch`. Throws Error when environment or policy lacks the pathwise
  /// capability.
  BackwardPass(const Batch& batch, const double* theta, Scratch& scratch);

  /// action_bar [actions][samples], the derivative of sum_t gamma^t r_t by each action along its
  /// trajectory, for the trajectories first .. first+count-1, count <= capacity.
  void run(std::size_t first, std::size_t count, Out action_bar);

  /// G [count][d] = sum_t (da_t/dtheta)' action_bar_t of each trajectory.
  void to_theta(std::size_t first, std::size_t count, In action_bar, double* G);

 private:
  /// A copy of some rows of the samples at one step, lane by lane.
  struct Rows {
    std::size_t rows;
    In source;
    Out block;
  };
  Rows rows(std::size_t count, seedbed_in source);
  void gather(std::size_t count, std::int64_t t);
  void clear_bars(std::size_t count);

  Batch batch_;
  const double *theta_, *power_;
  Scratch* scratch_;
  const seedbed_environment_pathwise* step_;
  const seedbed_policy_pathwise* act_;
  std::uint64_t* sample_;  ///< [capacity] sample of each lane at the step under way
  std::int64_t* t_;
  double* reward_bar_;
  seedbed_environment_info environment_{};
  seedbed_policy_info policy_{};
  Rows state_, action_, observation_, policy_uniform_, policy_normal_, uniform_, normal_;
  Out state_bar_, next_state_bar_, observation_bar_, action_bar_;
};

}  // namespace seedbed
