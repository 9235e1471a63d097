#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loader/setting.hpp"

namespace seedbed {

/// What the gradient is the gradient of: J(theta) = E sum_{t<H} gamma^t r_t.
struct Objective {
  std::uint64_t horizon = 0;  ///< H, steps
  double discount = 1.0;      ///< gamma, in (0, 1]
};

/// report: no task of its own.
enum class StageKind { learn, gradient, evaluate, report };

/// theta as another stage left it: a checkpoint of the replicate with the same number, in the cell
/// with the same coordinates.
struct ThetaSource {
  std::string stage;             ///< Its name: a learn stage.
  std::uint64_t checkpoint = 0;  ///< Updates that were made before it.
};

/// What a run file keeps; 0: nothing, 1: every iteration, k: every k-th.
struct Record {
  std::uint64_t trajectories = 0;
  std::uint64_t gradients = 1;
  bool contributions = false;
  std::uint64_t checkpoints = 0;  ///< theta of a learn stage: checkpoint.hpp; 0: the default.
  bool kl = false;                ///< Of a learn stage: how far each update moves the policy.
  bool gzip = false;              ///< Doubles are compressed too: for archives.
};

/// Everything that decides a replicate but its seed: one cell of a sweep.
struct Configuration {
  StageKind kind = StageKind::learn;
  Objective objective;
  Setting environment, policy;
  std::vector<Setting> estimators;   ///< One in a learn stage; any number in a gradient stage.
  std::optional<Setting> optimizer;  ///< Learn stages only.
  std::uint64_t iterations = 0;  ///< Updates of a learn stage; batches of a gradient one; else 1.
  std::uint64_t episodes = 0;    ///< N, units per iteration; all of an evaluate stage.
  std::uint64_t block = 0;       ///< Episodes that an evaluate stage holds at once; decides no bit.
  std::uint64_t sources = 0;     ///< M of the split of the variance by source; 0: none.
  bool antithetic = false;       ///< Pairs of episodes mirror their noise; N is even.
  /// Of a gradient stage without an oracle: when its Monte-Carlo reference is good enough, and the
  /// batches that it may cost; 0: no reference.
  double reference_error = 0.01;
  std::uint64_t reference_batches = 0;
  double divergence = 1e8;    ///< A learn replicate stops where max |theta_j| exceeds it.
  std::vector<double> theta;  ///< Given theta_0; empty: drawn by the policy's init.
  std::optional<ThetaSource> theta_from;  ///< Then it is neither given nor drawn.
  Record record;
};

}  // namespace seedbed
